package express.polaris.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aHashTakesTwoToThePowerOfTwelveRounds() {
        assertThat(passwords.hash("correct horse battery"))
                .startsWith("$2a$12$")
                .hasSize(60);
    }

    /** bcrypt of strength 12 takes 2^12 = 4096 rounds; no machine does them in 20 ms. */
    @Test
    void aMissingHashMatchesNoPasswordAndCostsTheSameWork() {
        long start = System.nanoTime();
        assertThat(passwords.matches("correct horse battery", Optional.empty())).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(20));
    }

    @Test
    void aHashMatchesItsPasswordAlone() {
        var fast = new Passwords(4);
        assertThat(fast.matches("correct horse battery", Optional.of(fast.hash("correct horse battery"))))
                .isTrue();
        assertThat(fast.matches("another", Optional.of(fast.hash("correct horse battery"))))
                .isFalse();
    }
}
