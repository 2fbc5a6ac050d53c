package express.polaris.stations.chargers;

import express.polaris.units.Power;
import java.util.Optional;

/**
 * Connector of a charge box.
 *
 * @param id OCPP's connectorId, from 1
 * @param type e.g. {@code type2}, {@code ccs2}
 * @param max maximum power
 */
public record Connector(int id, Optional<String> type, Optional<Power> max) {}
