package express.polaris.platform.time;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Provides the application's only clock, and the time that no clock can move. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    private static final long START = System.nanoTime();
    private static final Uptime OF_THE_PROCESS = () -> Duration.ofNanos(System.nanoTime() - START);

    @Bean
    Uptime uptime() {
        return OF_THE_PROCESS;
    }

    @Bean
    DatabaseTime databaseTime(JdbcClient jdbc, ApplicationEventPublisher events) {
        return new DatabaseTime(jdbc, OF_THE_PROCESS, Clock.systemUTC(), events::publishEvent);
    }

    @Bean
    Clock clock(DatabaseTime time) {
        return time.withZone(ZoneOffset.UTC);
    }

    @Bean
    MeterBinder clockMetrics(DatabaseTime time) {
        return registry -> Gauge.builder(
                        "polaris.clock.ahead", time, it -> it.machineAhead().toMillis() / 1000.0)
                .description("How far this machine's clock is ahead of the database's; negative if it is behind")
                .baseUnit("seconds")
                .register(registry);
    }
}
