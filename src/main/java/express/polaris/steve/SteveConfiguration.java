package express.polaris.steve;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the application's single client, so that its circuit breakers see every call. The settings come from
 * elsewhere.
 */
@Configuration(proxyBeanMethods = false)
class SteveConfiguration {

    @Bean
    SteveClient steveClient(SteveSettings settings, ObjectProvider<SteveObserver> observer) {
        return new SteveClient(settings, observer.getIfAvailable(() -> SteveObserver.NONE));
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
