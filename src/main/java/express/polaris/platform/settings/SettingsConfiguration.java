package express.polaris.platform.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Provides the validated {@link Settings}. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return SettingsLoader.settings(environment);
    }
}
