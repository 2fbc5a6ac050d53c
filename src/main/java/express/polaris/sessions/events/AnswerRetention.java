package express.polaris.sessions.events;

import express.polaris.platform.retention.ExpiringRows;
import express.polaris.platform.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers are kept for a time; events, which sessions and invoices are made of, for ever. */
@Configuration(proxyBeanMethods = false)
class AnswerRetention {

    @Bean
    ExpiringRows expiringAnswers(JdbcClient jdbc, Settings settings) {
        return ExpiringRows.of(
                jdbc,
                "steve_answers",
                "steve_transaction_id",
                "read_at",
                "true",
                settings.retention().answers());
    }
}
