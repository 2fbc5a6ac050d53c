package express.polaris.api.live;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Limits of streams; tests change the intervals. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    LiveLimits liveLimits(Environment environment) {
        var usual = LiveLimits.defaults();
        return new LiveLimits(
                environment.getProperty("live.heartbeat", Duration.class, usual.heartbeat()),
                environment.getProperty("live.look", Duration.class, usual.look()),
                usual.queue(),
                usual.streamsPerAccount());
    }
}
