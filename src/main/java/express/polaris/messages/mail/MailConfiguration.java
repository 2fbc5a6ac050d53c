package express.polaris.messages.mail;

import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Selects the mail transport: the demo's inbox, or the SMTP server of the settings. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    @ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
    DemoInbox demoInbox(Clock clock) {
        return new DemoInbox(clock);
    }

    @Bean
    @ConditionalOnProperty(name = SettingsLoader.MAIL, havingValue = SettingsLoader.SMTP)
    SmtpTransport smtpTransport(Settings settings) {
        return new SmtpTransport(settings.smtp().orElseThrow());
    }
}
