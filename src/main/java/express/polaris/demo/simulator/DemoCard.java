package express.polaris.demo.simulator;

/**
 * EV card of a demo driver.
 *
 * @param driverKey {@code ada}, {@code ben} or {@code cleo}
 * @param label the driver's name for the card
 * @param colour a colour name such as {@code blue}
 */
public record DemoCard(String idTag, String driverKey, String label, String colour) {}
