package express.polaris.steve;

import java.time.Duration;

/**
 * How long a call to SteVe may take and how large its answer may be.
 *
 * @param connectTimeout until the connection stands
 * @param detailsTimeout for one call about one thing, from the first byte sent to the last byte read; in an answer that
 *     is read while it arrives, the longest pause
 * @param detailsBegin until a transaction's details begin to arrive: SteVe gathers all rows before it sends the first
 * @param listTimeout the same for lists
 * @param operationTimeout the same for remote operations: SteVe itself waits 30 s for a station
 * @param maxDetailsBytes the largest details answer, after decompression
 * @param maxListBytes the largest list answer that is held as a whole, after decompression
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

    /** @throws IllegalArgumentException for a duration or size that is not above zero */
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
     * 3 s to connect, 15 s for one thing, 60 s until details begin, 30 s for lists, 40 s for operations; 2 GB for details
     * (500 readings of nine values are 0.8 MB, 30 days of them every 10 s 400 MB), which are never held in memory as a
     * whole, and 16 MB for lists that are held as a whole
     * (50,000 transactions).
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
            throw new IllegalArgumentException("%s is %s; it must be above zero".formatted(name, duration));
        }
    }

    private static void positive(String name, long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("%s is %d; it must be above zero".formatted(name, bytes));
        }
    }
}
