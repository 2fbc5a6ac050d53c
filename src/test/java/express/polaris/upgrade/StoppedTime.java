package express.polaris.upgrade;

import express.polaris.PolarisExpress;
import express.polaris.accounts.FastPasswords;
import express.polaris.platform.time.Uptime;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import java.net.URI;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole application on a given database, with a clock that stands still until a test moves it. */
final class StoppedTime {

    static final String OPERATOR = "olive@fixture.example";
    static final String PASSWORD = "the password of the fixture";

    /** An address where no SteVe answers. */
    static final URI NO_STEVE = URI.create("http://127.0.0.1:9/steve");

    private StoppedTime() {}

    static ConfigurableApplicationContext start(String database, URI steve, MutableClock clock) {
        ApplicationContextInitializer<GenericApplicationContext> initializer = context -> {
            context.registerBean(
                    "fixtureClock", MutableClock.class, () -> clock, definition -> definition.setPrimary(true));
            context.registerBean(
                    "fixtureUptime", Uptime.class, clock::uptime, definition -> definition.setPrimary(true));
        };
        return new SpringApplicationBuilder(PolarisExpress.class, FastPasswords.class)
                .initializers(initializer)
                .properties("spring.main.register-shutdown-hook=false")
                .run(
                        "--server.port=0",
                        "--polaris.database.url=" + database,
                        "--polaris.steve.base-url=" + steve,
                        "--polaris.steve.username=polaris",
                        "--polaris.steve.password=simulated",
                        "--polaris.steve.calls.per.second=1000",
                        "--polaris.time-zone=Europe/Berlin",
                        "--polaris.answer-retention-days=14",
                        "--polaris.operator.email=" + OPERATOR,
                        "--polaris.operator.password=" + PASSWORD,
                        "--polaris.public.url=" + MailServer.PUBLIC_URL,
                        "--polaris.smtp.host=127.0.0.1",
                        "--polaris.smtp.port=" + MailServer.port(),
                        "--polaris.smtp.security=none",
                        "--polaris.smtp.from=portal@polaris.example");
    }
}
