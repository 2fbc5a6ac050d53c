package express.polaris.sync;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metrics of sync's delay. Values from the database are refreshed periodically. */
@Component
class SyncMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(SyncMetrics.class);

    private final SyncConcerns concerns;
    private final SyncEngine engine;
    private final RunRecorder recorder;
    private final Clock clock;
    private volatile Optional<SyncConcerns.Lag> lag = Optional.empty();

    SyncMetrics(SyncConcerns concerns, SyncEngine engine, RunRecorder recorder, Clock clock) {
        this.concerns = concerns;
        this.engine = engine;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "polaris.sync.lag",
                        this,
                        it -> it.lag
                                .flatMap(SyncConcerns.Lag::discoveredAt)
                                .map(it::seconds)
                                .orElse(Double.NaN))
                .description("Time since any node last completed a discovery")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "polaris.sync.overdue",
                        this,
                        it -> it.lag
                                .map(known ->
                                        known.overdueSince().map(it::seconds).orElse(0.0))
                                .orElse(Double.NaN))
                .description("How long the oldest due read of a session is overdue")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "polaris.sync.backfill",
                        this,
                        it -> it.lag.map(known -> (double) known.waiting()).orElse(Double.NaN))
                .description("Older sessions still to be read; 1000 means 1000 or more")
                .baseUnit("sessions")
                .register(registry);
        Gauge.builder(
                        "polaris.sync.paused",
                        this,
                        it -> it.lag
                                .map(known -> known.ownPause().isPresent() ? 1.0 : 0.0)
                                .orElse(Double.NaN))
                .description("Whether vanished transactions are on hold because too many vanished at once")
                .register(registry);
        Gauge.builder("polaris.sync.leader", engine, it -> it.isLeading() ? 1 : 0)
                .description("Whether this node discovers transactions")
                .register(registry);
        FunctionCounter.builder("polaris.sync.errors", recorder, RunRecorder::errorsTold)
                .description("Sync errors recorded by this node")
                .baseUnit("errors")
                .register(registry);
    }

    @Scheduled(initialDelayString = "PT3S", fixedDelayString = "PT10S")
    void look() {
        try {
            lag = Optional.of(concerns.lag(clock.instant()));
        } catch (DataAccessException e) {
            log.warn("Cannot look up the sync lag; keeping the last value", e);
        }
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }
}
