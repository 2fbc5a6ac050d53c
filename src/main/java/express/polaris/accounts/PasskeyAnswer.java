package express.polaris.accounts;

import java.util.Base64;
import java.util.Map;

/**
 * What an authenticator answered, as the browser sent it: fields of a form, in base64url. Nothing of it is to be believed
 * before it is checked; a field that is missing or cannot be read is empty.
 */
public sealed interface PasskeyAnswer {

    /** To the wish to make a passkey. */
    record Added(byte[] clientData, byte[] attestation) implements PasskeyAnswer {

        /** From {@code clientData} and {@code attestation}. */
        public static Added of(Map<String, String> fields) {
            return new Added(bytes(fields, "clientData"), bytes(fields, "attestation"));
        }
    }

    /** To the wish to sign in. */
    record SignedIn(byte[] credentialId, byte[] owner, byte[] clientData, byte[] authenticatorData, byte[] signature)
            implements PasskeyAnswer {

        /** From {@code id}, {@code owner}, {@code clientData}, {@code authenticatorData} and {@code signature}. */
        public static SignedIn of(Map<String, String> fields) {
            return new SignedIn(
                    bytes(fields, "id"),
                    bytes(fields, "owner"),
                    bytes(fields, "clientData"),
                    bytes(fields, "authenticatorData"),
                    bytes(fields, "signature"));
        }
    }

    private static byte[] bytes(Map<String, String> fields, String name) {
        try {
            return Base64.getUrlDecoder().decode(fields.getOrDefault(name, ""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
