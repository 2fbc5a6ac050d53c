package express.polaris.accounts.oidc;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Sign-in that came from the issuer.
 *
 * @param session id of the browser's session
 * @param confirmedAt when the issuer last confirmed it
 * @param isRefreshing whether a node is asking the issuer
 * @param idToken sealed
 * @param refreshToken sealed; empty if the issuer gave none
 */
record OidcSignIn(
        String session,
        AccountId account,
        String issuer,
        String subject,
        Instant confirmedAt,
        boolean isRefreshing,
        byte[] idToken,
        Optional<byte[]> refreshToken) {

    @Override
    public String toString() {
        return "OidcSignIn[" + account + "]";
    }
}
