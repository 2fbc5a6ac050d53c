package express.polaris.sync;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SyncConfiguration {

    @Bean
    SyncPace syncPace() {
        return SyncPace.USUAL;
    }
}
