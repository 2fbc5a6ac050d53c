package express.polaris.portal;

import express.polaris.units.Power;
import java.util.Optional;

/**
 * Where a session takes place.
 *
 * @param name the friendly name, absent until an operator gave one
 * @param publicId what is written on the charger
 * @param connectorType as the API names it, such as {@code type2}
 * @param limit the most the connector gives
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
