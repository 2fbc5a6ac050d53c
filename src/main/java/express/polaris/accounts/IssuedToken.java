package express.polaris.accounts;

import java.time.Instant;

/**
 * A new API token.
 *
 * @param token the secret, shown this once
 */
public record IssuedToken(String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "IssuedToken[" + expiresAt + "]";
    }
}
