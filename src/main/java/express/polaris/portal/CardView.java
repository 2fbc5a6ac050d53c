package express.polaris.portal;

/**
 * The card of a session.
 *
 * @param colour one of {@code blue}, {@code green}, {@code amber}, {@code red}, {@code violet}, {@code grey}
 */
public record CardView(String label, String colour) {}
