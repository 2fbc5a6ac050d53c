package express.polaris.demo;

import express.polaris.accounts.TrialAccounts;
import express.polaris.accounts.TrialAccounts.TrialAccount;
import express.polaris.demo.simulator.DemoWorld;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import express.polaris.steve.SteveSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of demo mode: the simulated SteVe, its address and the trial accounts. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoConfiguration {

    @Bean
    DemoEpoch demoEpoch(Settings settings, Clock clock) {
        return DemoEpoch.of(settings.dataDirectory(), clock);
    }

    @Bean
    DemoWorld demoWorld(DemoEpoch epoch, Settings settings, Clock clock) {
        return DemoWorld.create(epoch.instant(), clock, settings.dataDirectory().resolve("steve-journal"))
                .start();
    }

    @Bean
    SteveSettings simulatedSteve(DemoWorld world) {
        var steve = world.steve();
        return SteveSettings.of(steve.baseUrl(), steve.username(), steve.password());
    }

    @Bean
    TrialAccounts trialAccounts() {
        return () -> DemoAccount.ALL.stream()
                .map(person -> new TrialAccount(person.name(), person.role(), person.email(), DemoAccount.PASSWORD))
                .toList();
    }

    /** Start of the demo's simulated time; stored in the data directory. */
    record DemoEpoch(Instant instant) {

        static DemoEpoch of(Path dataDirectory, Clock clock) {
            try {
                var file = dataDirectory.resolve("epoch");
                if (!Files.exists(file)) {
                    Files.createDirectories(dataDirectory);
                    var epoch = clock.instant().minus(DemoWorld.HISTORY).truncatedTo(ChronoUnit.SECONDS);
                    Files.writeString(file, epoch.toString());
                }
                return new DemoEpoch(Instant.parse(Files.readString(file).strip()));
            } catch (IOException e) {
                throw new UncheckedIOException("The demo cannot store its epoch in " + dataDirectory, e);
            }
        }
    }
}
