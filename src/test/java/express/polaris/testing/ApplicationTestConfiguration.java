package express.polaris.testing;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.steve.SteveSettings;
import express.polaris.sync.SyncEngine;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;

@TestConfiguration(proxyBeanMethods = false)
class ApplicationTestConfiguration {

    /** How long the simulated SteVe waits for a silent station; a real SteVe waits 30 s. */
    private static final Duration ANSWER_WAIT = Duration.ofMillis(200);

    @Bean
    @Primary
    MutableClock mutableClock() {
        return new MutableClock();
    }

    @Bean
    @Primary
    Uptime mutableUptime(MutableClock clock) {
        return clock.uptime();
    }

    /** The SteVe of the application under test; tests modify its world. */
    @Bean(destroyMethod = "close")
    SimulatedSteve simulatedSteve(MutableClock clock) {
        return new SimulatedSteve(new SteveWorld(clock), ANSWER_WAIT).start();
    }

    @Bean
    @Primary
    SteveSettings simulatedSteveSettings(SimulatedSteve steve) {
        return SteveSettings.of(steve.baseUrl(), steve.username(), steve.password());
    }

    @Bean
    Charging charging(
            SimulatedSteve steve,
            SyncEngine engine,
            SessionService sessions,
            SessionWatchers watchers,
            CardLinkService links,
            MutableClock clock) {
        return new Charging(steve, engine, sessions, watchers, links, clock);
    }

    @Bean
    Portal portal(JdbcClient jdbc, SessionRepository<?> sessions, Environment environment) {
        return new Portal(jdbc, sessions, environment);
    }

    static class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var database = Map.<String, Object>of(
                    "polaris.database.url",
                    TestDatabase.freshUrl(),
                    "polaris.public.url",
                    MailServer.PUBLIC_URL,
                    "polaris.smtp.host",
                    "127.0.0.1",
                    "polaris.smtp.port",
                    Integer.toString(MailServer.port()),
                    "polaris.smtp.security",
                    "none",
                    "polaris.smtp.from",
                    "portal@polaris.example");
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test-database", database));
        }
    }
}
