package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * Filter for audit log entries; an empty field does not restrict.
 *
 * @param action the exact action, e.g. {@code card.link}
 * @param subject prefix of the subject, e.g. {@code session 4711}
 * @param from start, inclusive
 * @param before end, exclusive
 */
public record AuditFilter(
        Optional<AccountId> actor,
        Optional<String> action,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> before) {

    public static AuditFilter all() {
        return new AuditFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
