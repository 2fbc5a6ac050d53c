package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit log are meant; an empty part does not restrict.
 *
 * @param action the whole of it, e.g. {@code card.link}
 * @param subject how it begins, e.g. {@code session 4711}
 * @param from the earliest instant
 * @param before the first instant that is too late
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
