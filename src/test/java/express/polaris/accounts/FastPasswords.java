package express.polaris.accounts;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Hashes passwords with the least work: with the usual strength, tests would spend a sixth of their time on it. */
@TestConfiguration(proxyBeanMethods = false)
public class FastPasswords {

    @Bean
    @Primary
    Passwords passwordsOfTests() {
        return new Passwords(4);
    }
}
