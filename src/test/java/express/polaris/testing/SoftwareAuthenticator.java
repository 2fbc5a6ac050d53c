package express.polaris.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An authenticator with one passkey (ES256) together with its browser: answers in the form that the portal's pages
 * send.
 */
public final class SoftwareAuthenticator {

    /** User present, user verified. */
    private static final int HOLDER_VERIFIED = 0x05;

    private static final int HOLDER_PRESENT = 0x01;
    private static final int HAS_CREDENTIAL = 0x40;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern CHALLENGE = Pattern.compile("\"challenge\":\"([^\"]+)\"");
    private static final Pattern OWNER = Pattern.compile("\"user\":\\{\"id\":\"([^\"]+)\"");

    private final String host;
    private final byte[] credentialId = new byte[32];
    private final KeyPair keys;
    private String origin;
    private String owner = "";
    private long count;
    private int flags = HOLDER_VERIFIED;

    /**
     * @param host relying party of the passkey; the browser is at {@code https://host}
     */
    public SoftwareAuthenticator(String host) {
        this.host = host;
        this.origin = "https://" + host;
        new SecureRandom().nextBytes(credentialId);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The browser shows a page of another origin. */
    public SoftwareAuthenticator onPageOf(String foreignOrigin) {
        origin = foreignOrigin;
        return this;
    }

    /** Sets the counter that it reports at its next use. */
    public SoftwareAuthenticator countingFrom(long used) {
        count = used;
        return this;
    }

    /** Skips user verification. */
    public SoftwareAuthenticator withoutVerifying() {
        flags = HOLDER_PRESENT;
        return this;
    }

    /** Reports the user handle of another authenticator. */
    public SoftwareAuthenticator ownedBy(SoftwareAuthenticator other) {
        owner = other.owner;
        return this;
    }

    /**
     * @param options of the server
     */
    public Map<String, String> create(String options) {
        owner = first(OWNER, options);
        var x = coordinate(((ECPublicKey) keys.getPublic()).getW().getAffineX().toByteArray());
        var y = coordinate(((ECPublicKey) keys.getPublic()).getW().getAffineY().toByteArray());
        // COSE: {kty: EC2, alg: ES256, crv: P-256, x: …, y: …}
        var key = joined(hex("a5010203262001215820"), x, hex("225820"), y);
        var data = joined(authenticatorData(flags | HAS_CREDENTIAL), new byte[16], hex("0020"), credentialId, key);
        // CBOR: {fmt: "none", attStmt: {}, authData: …}
        var attestation = joined(
                hex("a363666d74646e6f6e656761747453746d74a068617574684461746158"),
                new byte[] {(byte) data.length},
                data);
        var fields = new LinkedHashMap<String, String>();
        fields.put("clientData", text(clientData("webauthn.create", options)));
        fields.put("attestation", text(attestation));
        return fields;
    }

    /**
     * @param options of the server
     */
    public Map<String, String> get(String options) {
        var clientData = clientData("webauthn.get", options);
        var data = authenticatorData(flags);
        var fields = new LinkedHashMap<String, String>();
        fields.put("id", text(credentialId));
        fields.put("owner", owner);
        fields.put("clientData", text(clientData));
        fields.put("authenticatorData", text(data));
        fields.put("signature", text(signature(joined(data, sha256(clientData)))));
        return fields;
    }

    private byte[] clientData(String type, String options) {
        return """
            {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}
            """.formatted(type, first(CHALLENGE, options), origin).strip().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(int withFlags) {
        return ByteBuffer.allocate(37)
                .put(sha256(host.getBytes(StandardCharsets.UTF_8)))
                .put((byte) withFlags)
                .putInt((int) count)
                .array();
    }

    private byte[] signature(byte[] over) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(over);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, String options) {
        Matcher found = pattern.matcher(options);
        if (!found.find()) {
            throw new AssertionError("No " + pattern + " in " + options);
        }
        return found.group(1);
    }

    private static byte[] coordinate(byte[] number) {
        var coordinate = new byte[32];
        int from = Math.max(0, number.length - 32);
        System.arraycopy(number, from, coordinate, 32 - (number.length - from), number.length - from);
        return coordinate;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = new java.io.ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }

    private static String text(byte[] bytes) {
        return BASE64URL.encodeToString(bytes);
    }
}
