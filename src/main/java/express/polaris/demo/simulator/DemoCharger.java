package express.polaris.demo.simulator;

import java.util.List;

/**
 * Charger of the demo.
 *
 * @param name name shown to drivers
 * @param publicId number printed on the charger
 */
public record DemoCharger(
        String chargeBoxId, String name, String publicId, String location, List<DemoConnector> connectors) {

    /**
     * @param maxKw maximum power in kW
     */
    public record DemoConnector(int id, String type, int maxKw) {}
}
