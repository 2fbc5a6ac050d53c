package express.polaris.simulator;

/**
 * An EV card that the demo gives to a driver.
 *
 * @param driverKey {@code ada}, {@code ben} or {@code cleo}
 * @param label what the driver calls the card
 * @param colour a name such as {@code blue}
 */
public record DemoCard(String idTag, String driverKey, String label, String colour) {}
