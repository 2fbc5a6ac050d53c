package express.polaris.accounts;

import java.util.Base64;
import java.util.Map;

/**
 * Authenticator response as the browser sent it: form fields in base64url. Untrusted until verified; a
 * missing or unreadable field is empty.
 */
public sealed interface PasskeyAnswer {

    /** Response to a registration. */
    record Added(byte[] clientData, byte[] attestation) implements PasskeyAnswer {

        /** Parses {@code clientData} and {@code attestation}. */
        public static Added of(Map<String, String> fields) {
            return new Added(bytes(fields, "clientData"), bytes(fields, "attestation"));
        }
    }

    /** Response to a sign-in. */
    record SignedIn(byte[] credentialId, byte[] owner, byte[] clientData, byte[] authenticatorData, byte[] signature)
            implements PasskeyAnswer {

        /** Parses {@code id}, {@code owner}, {@code clientData}, {@code authenticatorData} and {@code signature}. */
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
