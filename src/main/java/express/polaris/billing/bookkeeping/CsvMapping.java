package express.polaris.billing.bookkeeping;

import java.util.Objects;

/**
 * Columns of a bank's CSV, by their names in its header line; blank: found by the names that banks use.
 *
 * @param text what the payer wrote
 */
public record CsvMapping(String date, String amount, String currency, String text) {

    /** Every column is found by its usual name. */
    public static final CsvMapping USUAL = new CsvMapping("", "", "", "");

    public CsvMapping {
        date = Objects.requireNonNullElse(date, "").strip();
        amount = Objects.requireNonNullElse(amount, "").strip();
        currency = Objects.requireNonNullElse(currency, "").strip();
        text = Objects.requireNonNullElse(text, "").strip();
    }
}
