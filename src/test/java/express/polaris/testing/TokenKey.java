package express.polaris.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;

/** An RSA key that signs an issuer's tokens. All keys have the same id, so that only a signature tells them apart. */
final class TokenKey {

    private final RSAKey key;

    TokenKey() {
        try {
            key = new RSAKeyGenerator(2048).keyID("the key").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half, as a set of keys (RFC 7517, section 5). */
    Map<String, Object> published() {
        return new JWKSet(key.toPublicJWK()).toJSONObject();
    }

    String signed(JWTClaimsSet claims, JOSEObjectType type) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .type(type)
                    .build();
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
