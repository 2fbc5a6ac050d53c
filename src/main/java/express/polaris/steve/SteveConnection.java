package express.polaris.steve;

import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;

/** Configures the SteVe connection and probes SteVe's capabilities after startup. */
@Configuration(proxyBeanMethods = false)
class SteveConnection {

    private static final Logger log = LoggerFactory.getLogger(SteveConnection.class);

    @Bean
    Probing steveProbing(SteveProbe probe) {
        return new Probing(probe);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = "real", matchIfMissing = true)
    static class RealSteve {

        @Bean
        SteveSettings steveSettings(Settings settings) {
            var steve = settings.steve().orElseThrow();
            return SteveSettings.of(steve.baseUrl(), steve.username(), steve.password());
        }
    }

    /** Probes SteVe once, asynchronously after startup, so that an unreachable SteVe does not delay it. */
    static class Probing {

        private final SteveProbe probe;

        Probing(SteveProbe probe) {
            this.probe = probe;
        }

        @Async
        @EventListener(ApplicationReadyEvent.class)
        public void probe() {
            switch (probe.probe()) {
                case SteveCapabilities.Complete complete -> log.info("SteVe: {}", complete.inWords());
                case SteveCapabilities.TooOld tooOld -> log.error("SteVe: {}", tooOld.inWords());
                case SteveCapabilities.NotReachable notReachable -> log.warn("SteVe: {}", notReachable.inWords());
                case SteveCapabilities.NotAuthorised refused -> log.error("SteVe: {}", refused.inWords());
            }
        }
    }
}
