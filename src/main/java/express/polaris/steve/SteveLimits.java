package express.polaris.steve;

import java.time.Duration;

/**
 * How long a call to SteVe may take and how large its answer may be.
 *
 * @param connectTimeout until the connection stands
 * @param detailsTimeout for one call about one thing, from the first byte sent to the last byte read
 * @param listTimeout the same for lists
 * @param operationTimeout the same for remote operations: SteVe itself waits 30 s for a station
 * @param maxDetailsBytes the largest details answer, after decompression
 * @param maxListBytes the largest list answer, after decompression
 */
public record SteveLimits(
        Duration connectTimeout,
        Duration detailsTimeout,
        Duration listTimeout,
        Duration operationTimeout,
        int maxDetailsBytes,
        int maxListBytes) {

    private static final int MEGABYTE = 1 << 20;

    /** @throws IllegalArgumentException for a duration or size that is not above zero */
    public SteveLimits {
        positive("connectTimeout", connectTimeout);
        positive("detailsTimeout", detailsTimeout);
        positive("listTimeout", listTimeout);
        positive("operationTimeout", operationTimeout);
        positive("maxDetailsBytes", maxDetailsBytes);
        positive("maxListBytes", maxListBytes);
    }

    /**
     * 3 s to connect, 15 s for details, 30 s for lists, 40 s for operations; 32 MB for details (500 readings of nine
     * values are 0.8 MB) and 64 MB for lists (50,000 transactions are 15 MB).
     */
    public static SteveLimits defaults() {
        return new SteveLimits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(40),
                32 * MEGABYTE,
                64 * MEGABYTE);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("%s is %s; it must be above zero".formatted(name, duration));
        }
    }

    private static void positive(String name, int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("%s is %d; it must be above zero".formatted(name, bytes));
        }
    }
}
