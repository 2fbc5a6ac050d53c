package express.polaris.billing;

/**
 * One fault in what was given.
 *
 * @param field by its name in the JSON API, e.g. {@code charges[0].properties.amount}
 * @param message what is wrong and what would be right
 */
public record Fault(String field, String message) {}
