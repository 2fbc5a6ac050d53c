package express.polaris.accounts;

import java.util.List;

/**
 * What a browser is told before it asks an authenticator, in WebAuthn's words. Bytes are base64url, times milliseconds.
 */
public sealed interface PasskeyOptions {

    /** Single use, for five minutes. */
    String challenge();

    /** To make a passkey. */
    record ToAdd(
            String challenge,
            Site rp,
            Owner user,
            List<Algorithm> pubKeyCredParams,
            List<Credential> excludeCredentials,
            Selection authenticatorSelection,
            String attestation,
            long timeout)
            implements PasskeyOptions {}

    /** To sign in with any passkey of this site. */
    record ToSignIn(String challenge, String rpId, String userVerification, long timeout) implements PasskeyOptions {}

    /** Who asks. */
    record Site(String id, String name) {}

    /** Whose passkey it is. */
    record Owner(String id, String name, String displayName) {}

    /** A kind of key, by its COSE number. */
    record Algorithm(String type, int alg) {}

    /** A passkey there is already. */
    record Credential(String type, String id) {}

    /** What the authenticator has to be able to do. */
    record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}
}
