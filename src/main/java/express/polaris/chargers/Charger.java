package express.polaris.chargers;

import java.util.List;
import java.util.Optional;

/**
 * A charge box as drivers know it.
 *
 * @param name the charge box id where nobody gave another
 * @param publicId what stands on the charger, e.g. {@code K7QX}
 * @param location empty when not given
 * @param connectors by their id
 */
public record Charger(
        ChargeBoxId id, String name, Optional<String> publicId, String location, List<Connector> connectors) {

    public Charger {
        connectors = List.copyOf(connectors);
    }

    /** What drivers call it: the id that stands on the charger where it has one. */
    public String driversId() {
        return publicId.orElse(id.value());
    }

    public Optional<Connector> connector(int connectorId) {
        return connectors.stream().filter(c -> c.id() == connectorId).findFirst();
    }
}
