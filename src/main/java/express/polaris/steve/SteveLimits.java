package express.polaris.steve;

import java.time.Duration;

/**
 * Timeouts and size limits of calls to SteVe.
 *
 * @param connectTimeout until the connection is established
 * @param detailsTimeout for a call about one object, from the first byte sent to the last byte read; for a streamed
 *     answer, the longest pause
 * @param detailsBegin until a transaction's details begin to arrive: SteVe collects all rows before it sends the first
 * @param listTimeout like {@code detailsTimeout}, for lists; a streamed list may take twice as long to begin
 * @param operationTimeout for a whole remote operation: SteVe itself waits 30 s for a station
 * @param maxDetailsBytes size limit of a details answer, decompressed
 * @param maxListBytes size limit of a list that is read into memory, decompressed
 */
public record SteveLimits(
        Duration connectTimeout,
        Duration detailsTimeout,
        Duration detailsBegin,
        Duration listTimeout,
        Duration operationTimeout,
        long maxDetailsBytes,
        int maxListBytes) {

    private static final int MEGABYTE = 1 << 20;

    /**
     * @throws IllegalArgumentException unless every duration and size is above zero
     */
    public SteveLimits {
        positive("connectTimeout", connectTimeout);
        positive("detailsTimeout", detailsTimeout);
        positive("detailsBegin", detailsBegin);
        positive("listTimeout", listTimeout);
        positive("operationTimeout", operationTimeout);
        positive("maxDetailsBytes", maxDetailsBytes);
        positive("maxListBytes", maxListBytes);
    }

    /**
     * 3 s to connect, 15 s for one object, 60 s until details begin, 30 s for lists, 40 s for operations; 2 GB for
     * details, which are always streamed (500 readings of nine values are 0.8 MB, 30 days of them every 10 s 400 MB),
     * and 16 MB for lists that are read into memory (50,000 transactions).
     */
    public static SteveLimits defaults() {
        return new SteveLimits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(40),
                2L * 1024 * MEGABYTE,
                16 * MEGABYTE);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("%s must be above zero, not %s".formatted(name, duration));
        }
    }

    private static void positive(String name, long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("%s must be above zero, not %d".formatted(name, bytes));
        }
    }
}
