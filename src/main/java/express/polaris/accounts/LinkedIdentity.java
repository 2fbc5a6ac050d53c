package express.polaris.accounts;

import java.time.Instant;

/**
 * Identity at an issuer of single sign-on that an account is linked to.
 *
 * @param confirmedAt when the issuer last confirmed it, by a sign-in or later
 */
public record LinkedIdentity(
        long id, AccountId account, String issuer, String subject, Instant linkedAt, Instant confirmedAt) {

    /** Safe for logs: subjects of some issuers are names. */
    @Override
    public String toString() {
        return "LinkedIdentity[" + id + "]";
    }
}
