package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * Passkey as shown to its owner.
 *
 * @param name chosen by the owner
 */
public record Passkey(long id, String name, Instant createdAt, Optional<Instant> lastUsedAt) {}
