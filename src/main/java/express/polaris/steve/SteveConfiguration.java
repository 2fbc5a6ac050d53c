package express.polaris.steve;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One client for the application, so that its breaker sees every call. The settings come from elsewhere. */
@Configuration(proxyBeanMethods = false)
class SteveConfiguration {

    @Bean
    SteveClient steveClient(SteveSettings settings) {
        return new SteveClient(settings);
    }

    @Bean
    SteveOperations steveOperations(SteveClient client) {
        return new SteveOperations(client);
    }

    @Bean
    SteveProbe steveProbe(SteveClient client) {
        return new SteveProbe(client);
    }
}
