package express.polaris.platform.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Provides the validated {@link Settings}, and where each was given. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    EffectiveSettings effectiveSettings(ConfigurableEnvironment environment) {
        return SettingsLoader.effective(environment);
    }

    @Bean
    Settings settings(EffectiveSettings effective) {
        return effective.settings();
    }
}
