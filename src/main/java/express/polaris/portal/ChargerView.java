package express.polaris.portal;

import express.polaris.units.Power;
import java.util.Optional;

/**
 * Charger and connector of a session.
 *
 * @param name friendly name; absent if no operator has set one
 * @param publicId id printed on the charger
 * @param connectorType type as in the API, such as {@code type2}
 * @param limit maximum power of the connector
 */
public record ChargerView(
        String chargeBoxId,
        Optional<String> name,
        Optional<String> publicId,
        int connectorId,
        Optional<String> connectorType,
        Optional<Power> limit) {

    public String displayName() {
        return name.orElse(chargeBoxId);
    }
}
