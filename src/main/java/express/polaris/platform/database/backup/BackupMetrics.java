package express.polaris.platform.database.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Metrics of the backups; without a value for an external database, and while nightly backups are off. */
@Component
class BackupMetrics implements MeterBinder {

    private final BackupService backups;
    private final Clock clock;

    BackupMetrics(BackupService backups, Clock clock) {
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("polaris.backup.age", this, BackupMetrics::age)
                .description(
                        "Time since the newest backup of the embedded database, or since its creation if there is none")
                .baseUnit("seconds")
                .register(registry);
    }

    private double age() {
        return backups.notBackedUpSince()
                .map(since -> (double) Duration.between(since, clock.instant()).toSeconds())
                .orElse(Double.NaN);
    }
}
