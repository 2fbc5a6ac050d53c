package express.polaris.messages.mail;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mails that are no longer tried are kept for a time. */
@Configuration(proxyBeanMethods = false)
class MailRetention {

    @Bean
    ExpiringRows expiringMails(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "mails",
                "id",
                "created_at",
                "next_try_at is null",
                settings.retention().mails());
    }
}
