package express.polaris.messages.notifications;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notifications are kept for a time, which is longer than anything that is reported only once. */
@Configuration(proxyBeanMethods = false)
class NotificationRetention {

    @Bean
    ExpiringRows expiringNotifications(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "notifications",
                "id",
                "created_at",
                "true",
                settings.retention().notifications());
    }
}
