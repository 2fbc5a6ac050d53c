package express.polaris.steve;

import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;

/** Configures the SteVe connection and probes SteVe's capabilities. */
@Configuration(proxyBeanMethods = false)
class SteveConnection {

    private static final Logger log = LoggerFactory.getLogger(SteveConnection.class);

    @Bean
    Probing steveProbing(SteveProbe probe, SteveHealth health) {
        return new Probing(probe, health);
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

    /**
     * Probes SteVe asynchronously after startup, so that an unreachable SteVe does not delay it; and again every
     * minute while SteVe answers but was not found complete, because it may have been upgraded or given an API user.
     */
    static class Probing {

        private final SteveProbe probe;
        private final SteveHealth health;

        Probing(SteveProbe probe, SteveHealth health) {
            this.probe = probe;
            this.health = health;
        }

        @Async
        @EventListener(ApplicationReadyEvent.class)
        public void probe() {
            var found = probe.probe();
            boolean isNews = !health.capabilities().equals(Optional.of(found));
            health.found(found);
            if (isNews) {
                log(found);
            }
        }

        @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
        public void probeAgain() {
            boolean isOpen = health.capabilities()
                    .filter(found -> !(found instanceof SteveCapabilities.Complete))
                    .isPresent();
            if (isOpen && health.state().isAnswering()) {
                probe();
            }
        }

        private static void log(SteveCapabilities found) {
            switch (found) {
                case SteveCapabilities.Complete complete -> log.info("SteVe: {}", complete.inWords());
                case SteveCapabilities.TooOld tooOld -> log.error("SteVe: {}", tooOld.inWords());
                case SteveCapabilities.NotReachable notReachable -> log.warn("SteVe: {}", notReachable.inWords());
                case SteveCapabilities.NotAuthorised refused -> log.error("SteVe: {}", refused.inWords());
            }
        }
    }
}
