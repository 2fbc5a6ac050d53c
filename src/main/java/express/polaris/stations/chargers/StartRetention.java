package express.polaris.stations.chargers;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests of starts are kept for a time. */
@Configuration(proxyBeanMethods = false)
class StartRetention {

    @Bean
    ExpiringRows expiringStarts(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "start_requests",
                "id",
                "requested_at",
                "true",
                settings.retention().starts());
    }
}
