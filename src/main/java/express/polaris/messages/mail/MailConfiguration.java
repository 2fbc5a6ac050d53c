package express.polaris.messages.mail;

import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Selects the mail transport: the demo's inbox, or the SMTP server of the settings. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    @ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
    DemoInbox demoInbox(Clock clock) {
        return new DemoInbox(clock);
    }

    @Bean
    @Conditional(MailServer.class)
    SmtpTransport smtpTransport(Settings settings) {
        return new SmtpTransport(settings.smtp().orElseThrow());
    }

    static class MailServer implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return SettingsLoader.settings((ConfigurableEnvironment) context.getEnvironment())
                    .smtp()
                    .isPresent();
        }
    }
}
