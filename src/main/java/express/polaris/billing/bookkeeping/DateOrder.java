package express.polaris.billing.bookkeeping;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Order of day and month in a bank's CSV, where the file itself leaves it open. */
public enum DateOrder {
    /** Follows from the file. */
    UNKNOWN(""),
    DAY_FIRST("day_first"),
    MONTH_FIRST("month_first");

    private final String wireName;

    DateOrder(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in URLs and forms; empty for {@link #UNKNOWN}. */
    public String wireName() {
        return wireName;
    }

    static Optional<DateOrder> parse(String text) {
        return Stream.of(values())
                .filter(order -> order.wireName.equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
