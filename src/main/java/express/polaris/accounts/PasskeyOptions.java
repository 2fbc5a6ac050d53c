package express.polaris.accounts;

import java.util.List;

/**
 * WebAuthn options for the browser to pass to an authenticator, with WebAuthn's field names. Bytes are
 * base64url, times in milliseconds.
 */
public sealed interface PasskeyOptions {

    /** Challenge: single use, valid for five minutes. */
    String challenge();

    /** Options to register a passkey. */
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

    /** Options to sign in with any passkey of this site. */
    record ToSignIn(String challenge, String rpId, String userVerification, long timeout) implements PasskeyOptions {}

    /** Relying party. */
    record Site(String id, String name) {}

    /** User that the passkey is created for. */
    record Owner(String id, String name, String displayName) {}

    /** Key type and its COSE algorithm id. */
    record Algorithm(String type, int alg) {}

    /** Existing passkey of the account. */
    record Credential(String type, String id) {}

    /** Requirements for the authenticator. */
    record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}
}
