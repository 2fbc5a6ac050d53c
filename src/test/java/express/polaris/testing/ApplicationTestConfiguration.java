package express.polaris.testing;

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

    @Bean
    @Primary
    MutableClock mutableClock() {
        return new MutableClock();
    }

    @Bean
    Portal portal(JdbcClient jdbc, SessionRepository<?> sessions, Environment environment) {
        return new Portal(jdbc, sessions, environment);
    }

    static class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var database = Map.<String, Object>of("polaris.database.url", TestDatabase.freshUrl());
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test-database", database));
        }
    }
}
