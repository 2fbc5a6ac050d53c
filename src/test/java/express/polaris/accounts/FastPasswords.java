package express.polaris.accounts;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Hashes passwords with the least work: with the usual strength, tests would spend a sixth of their time on it. Counts
 * the comparisons.
 */
@TestConfiguration(proxyBeanMethods = false)
public class FastPasswords {

    private static final int LEAST_STRENGTH = 4;

    private final AtomicInteger comparisons = new AtomicInteger();

    @Bean
    @Primary
    Passwords passwordsOfTests() {
        return new Passwords(LEAST_STRENGTH) {
            @Override
            boolean matches(String password, Optional<String> hash) {
                comparisons.incrementAndGet();
                return super.matches(password, hash);
            }
        };
    }

    public int comparisons() {
        return comparisons.get();
    }
}
