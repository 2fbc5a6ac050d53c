package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Challenges for authenticators to sign. A challenge contains its expiry and a MAC that binds it to one purpose and
 * one browser, so showing the sign-in page writes nothing; only used challenges are stored, until they expire. Safe
 * on several nodes: all share the key, and one statement uses a challenge up.
 */
@Component
class PasskeyChallenges {

    /** Time an authenticator has to respond. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 16;
    private static final int SAID_BYTES = Long.BYTES + RANDOM_BYTES;
    private static final int CODE_BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SingletonSupplier<SecretKeySpec> key;

    PasskeyChallenges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.key = SingletonSupplier.of(this::readKey);
    }

    /** Purpose of a challenge. */
    record Purpose(String text) {

        static final Purpose SIGN_IN = new Purpose("sign in");

        static Purpose addTo(AccountId account) {
            return new Purpose("add to " + account);
        }
    }

    /**
     * @param browser identifies the browser until it responds
     */
    byte[] issue(Purpose purpose, String browser) {
        var random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        var said = ByteBuffer.allocate(SAID_BYTES)
                .putLong(clock.instant().plus(LIFE).toEpochMilli())
                .put(random)
                .array();
        return ByteBuffer.allocate(SAID_BYTES + CODE_BYTES)
                .put(said)
                .put(code(said, purpose, browser))
                .array();
    }

    /** Uses a challenge up; returns whether it was valid and unused. */
    boolean take(byte[] challenge, Purpose purpose, String browser) {
        if (challenge.length != SAID_BYTES + CODE_BYTES) {
            return false;
        }
        var said = Arrays.copyOf(challenge, SAID_BYTES);
        var code = Arrays.copyOfRange(challenge, SAID_BYTES, challenge.length);
        if (!MessageDigest.isEqual(code, code(said, purpose, browser))) {
            return false;
        }
        var ends = Instant.ofEpochMilli(ByteBuffer.wrap(said).getLong());
        return ends.isAfter(clock.instant()) && useUp(code, ends);
    }

    private boolean useUp(byte[] code, Instant ends) {
        return jdbc.sql("""
            insert into used_passkey_challenges (code, expires_at) values (:code, :ends)
            on conflict (code) do nothing
            """)
                        .param("code", code)
                        .param("ends", SqlTime.utc(ends))
                        .update()
                == 1;
    }

    private byte[] code(byte[] said, Purpose purpose, String browser) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key.obtain());
            mac.update(said);
            mac.update(Secrets.hash(purpose.text()));
            return mac.doFinal(browser.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private SecretKeySpec readKey() {
        var bytes = jdbc.sql("select key from passkey_challenge_key")
                .query((row, number) -> row.getBytes("key"))
                .single();
        return new SecretKeySpec(bytes, ALGORITHM);
    }
}
