package express.polaris.testing;

import express.polaris.accounts.FastPasswords;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/**
 * A test of the whole application over real HTTP and a real database. Tests share the running application and its
 * database, so each creates its own accounts with {@link Portal}; the clock and the rate limits of sign-in are
 * reset for each test. Constructor parameters are injected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "polaris.steve.base-url=http://127.0.0.1:9/steve",
            "polaris.steve.username=polaris",
            "polaris.steve.password=not-used",
            "polaris.steve.calls.per.second=1000",
            "polaris.time-zone=Europe/Berlin",
            "live.heartbeat=PT0.5S",
            "live.look=PT0.2S",
            "polaris.operator.email=first@operator.example",
            "polaris.operator.password=" + ApplicationTest.FIRST_OPERATORS_PASSWORD
        })
@Import({ApplicationTestConfiguration.class, FastPasswords.class})
@ContextConfiguration(initializers = ApplicationTestConfiguration.FreshDatabase.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@ExtendWith(FreshStart.class)
public @interface ApplicationTest {

    String FIRST_OPERATORS_PASSWORD = "first operator's password";
}
