package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Notice that a driver's version was raised ({@link DriverVersions}), on any node.
 *
 * @param sessions the driver's sessions that changed, came or went; none if only prices, invoices or cards may have
 * @param isPartial whether further sessions changed, too many for a notice
 */
public record DriverChange(AccountId driver, Set<SessionId> sessions, boolean isPartial) {

    /** Channel of these notices, which a trigger sends when the change is committed. */
    public static final String CHANNEL = "driver_changed";

    private static final String MORE = "*";

    /**
     * Reads a notice.
     *
     * @param notice ids of the driver and of the sessions, separated by blanks; {@code *} stands for more sessions
     */
    public static DriverChange parse(String notice) {
        var words = Arrays.asList(notice.split(" "));
        var sessions = words.subList(1, words.size()).stream()
                .filter(word -> !word.equals(MORE))
                .map(word -> new SessionId(Long.parseLong(word)))
                .collect(Collectors.toUnmodifiableSet());
        return new DriverChange(new AccountId(Long.parseLong(words.getFirst())), sessions, words.contains(MORE));
    }
}
