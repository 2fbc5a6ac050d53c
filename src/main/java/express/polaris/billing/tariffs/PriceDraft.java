package express.polaris.billing.tariffs;

/**
 * Market price as it was given.
 *
 * @param field where it was given, e.g. {@code prices[3]} or {@code lines[4]}; faults name it
 * @param from start: an instant, a local time with offset, or a local time in the upload's zone
 * @param to end, likewise
 * @param price per unit of the upload, with decimal point or comma
 */
public record PriceDraft(String field, String from, String to, String price) {}
