package express.polaris.sync;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What sync keeps for a time. */
@Configuration(proxyBeanMethods = false)
class SyncRetention {

    @Bean
    ExpiringRows expiringSyncRuns(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "sync_runs",
                "id",
                "started_at",
                "true",
                settings.retention().syncRuns());
    }
}
