package express.polaris.simulator;

import java.util.List;

/**
 * A charger of the demo.
 *
 * @param name what drivers call it
 * @param publicId the number on its housing
 */
public record DemoCharger(
        String chargeBoxId, String name, String publicId, String location, List<DemoConnector> connectors) {

    /** @param maxKw kW that the connector gives at most */
    public record DemoConnector(int id, String type, int maxKw) {}
}
