package express.polaris.stations.chargers;

import java.util.List;
import java.util.Optional;

/**
 * Charge box with the data that drivers see.
 *
 * @param name the charge box id unless an operator has set a name
 * @param publicId id printed on the charger, e.g. {@code K7QX}
 * @param location empty if not set
 * @param connectors ordered by id
 */
public record Charger(
        ChargeBoxId id, String name, Optional<String> publicId, String location, List<Connector> connectors) {

    public Charger {
        connectors = List.copyOf(connectors);
    }

    /** Id that drivers see: the public id if there is one, else the charge box id. */
    public String driversId() {
        return publicId.orElse(id.value());
    }

    public Optional<Connector> connector(int connectorId) {
        return connectors.stream().filter(c -> c.id() == connectorId).findFirst();
    }
}
