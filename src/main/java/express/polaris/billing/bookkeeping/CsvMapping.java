package express.polaris.billing.bookkeeping;

import express.polaris.platform.refusals.InvalidInput;
import java.util.Objects;

/**
 * Columns of a bank's CSV, by their names in its header line; blank: found by the names that banks use.
 *
 * @param text what the payer wrote
 * @param dateOrder {@link DateOrder#wireName()}; blank: follows from the file
 */
public record CsvMapping(String date, String amount, String currency, String text, String dateOrder) {

    /** Every column is found by its usual name. */
    public static final CsvMapping USUAL = new CsvMapping("", "", "", "", "");

    public CsvMapping {
        date = Objects.requireNonNullElse(date, "").strip();
        amount = Objects.requireNonNullElse(amount, "").strip();
        currency = Objects.requireNonNullElse(currency, "").strip();
        text = Objects.requireNonNullElse(text, "").strip();
        dateOrder = Objects.requireNonNullElse(dateOrder, "").strip();
    }

    /**
     * @throws InvalidInput if the order is no known one
     */
    DateOrder order() {
        return DateOrder.parse(dateOrder)
                .orElseThrow(() -> InvalidInput.of("dateOrder", BookkeepingReason.DATE_ORDER_UNKNOWN.with()));
    }
}
