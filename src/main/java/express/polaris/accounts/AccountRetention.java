package express.polaris.accounts;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What accounts keeps for a time. Accounts, their passkeys and choices stay until the account is deleted. */
@Configuration(proxyBeanMethods = false)
class AccountRetention {

    @Bean
    ExpiringRows expiringBrowsers(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "known_browsers",
                "token_hash",
                "last_used_at",
                "true",
                settings.retention().browsers());
    }

    @Bean
    ExpiringRows expiringNotes(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc, "operator_notes", "id", "at", "true", settings.retention().notes());
    }

    @Bean
    ExpiringRows expiringViewings(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "viewings",
                "id",
                "ended_at",
                "ended_at is not null",
                settings.retention().audit());
    }

    @Bean
    ExpiringRows expiringAuditEntries(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc, "audit_log", "id", "at", "true", settings.retention().audit());
    }
}
