package express.polaris.steve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Filter for listing transactions. SteVe silently ignores unknown parameters and unexpected combinations, so only
 * filters that it was seen to obey can be built.
 */
public final class TransactionFilter {

    /** 200 ids of ten digits make a query of 5 kB, below the usual server limit of 8 kB for a request line. */
    static final int IDS_PER_CALL = 200;

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final List<String> queries;

    private TransactionFilter(List<String> queries) {
        this.queries = List.copyOf(queries);
    }

    /** Transactions that SteVe considers active. */
    public static TransactionFilter active() {
        return new TransactionFilter(List.of("type=ACTIVE"));
    }

    /** Every transaction that SteVe has; the list is unbounded. */
    public static TransactionFilter all() {
        return new TransactionFilter(List.of("type=ALL"));
    }

    /**
     * Transactions with these ids, active or stopped; unknown ids are left out. Without ids: an empty list and no call.
     */
    public static TransactionFilter byIds(Collection<Long> ids) {
        List<Long> distinct = List.copyOf(new TreeSet<>(ids).descendingSet());
        List<String> queries = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += IDS_PER_CALL) {
            queries.add(distinct.subList(from, Math.min(from + IDS_PER_CALL, distinct.size())).stream()
                    .map(id -> "transactionPk=" + id)
                    .collect(Collectors.joining("&", "type=ALL&", "")));
        }
        return new TransactionFilter(queries);
    }

    /**
     * Transactions that started within a closed interval of station time, widened to whole milliseconds. SteVe has no
     * such filter for the stop.
     *
     * @throws IllegalArgumentException if {@code to} is before {@code from}, which SteVe refuses
     */
    public static TransactionFilter startedBetween(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("The window ends before it starts (%s > %s)".formatted(from, to));
        }
        Instant first = from.truncatedTo(ChronoUnit.MILLIS);
        Instant last = to.truncatedTo(ChronoUnit.MILLIS);
        if (last.isBefore(to)) {
            last = last.plusMillis(1);
        }
        return new TransactionFilter(List.of("type=ALL&periodType=FROM_TO&from=%s&to=%s"
                .formatted(MILLISECONDS.format(first), MILLISECONDS.format(last))));
    }

    /** Transactions that started within the last 90 days by SteVe's clock. */
    public static TransactionFilter last90Days() {
        return new TransactionFilter(List.of("type=ALL&periodType=LAST_90"));
    }

    /** Query strings of the calls that together make up the list. */
    List<String> queries() {
        return queries;
    }
}
