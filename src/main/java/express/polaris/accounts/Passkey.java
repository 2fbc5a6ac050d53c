package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * A passkey as its owner sees it.
 *
 * @param name as its owner calls it
 */
public record Passkey(long id, String name, Instant createdAt, Optional<Instant> lastUsedAt) {}
