package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/** API token as shown to its owner; the token itself is not stored. */
public record ApiToken(long id, String name, Instant createdAt, Instant expiresAt, Optional<Instant> lastUsedAt) {}
