package express.polaris.accounts;

import java.time.Instant;
import java.util.Optional;

/** An API token as its owner sees it; the token itself is not kept. */
public record ApiToken(long id, String name, Instant createdAt, Instant expiresAt, Optional<Instant> lastUsedAt) {}
