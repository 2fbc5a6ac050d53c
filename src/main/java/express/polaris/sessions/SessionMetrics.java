package express.polaris.sessions;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sessions as metrics. They are counted now and then, so that asking for them costs the database nothing. */
@Component
class SessionMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(SessionMetrics.class);
    private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);
    private static final int MOST_OVERDUE = 1000;

    private final JdbcClient jdbc;
    private final SessionConcerns concerns;
    private final Accounting accounting;
    private final Clock clock;
    private volatile Optional<Counts> counts = Optional.empty();

    SessionMetrics(JdbcClient jdbc, SessionConcerns concerns, Accounting accounting, Clock clock) {
        this.jdbc = jdbc;
        this.concerns = concerns;
        this.accounting = accounting;
        this.clock = clock;
    }

    /** @param overdue waiting for a closing reading for over ten minutes; 1000 stands for more */
    private record Counts(long live, long closed, long overdue) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "live", Counts::live);
        gauge(registry, "closed", it -> it.closed() - it.overdue());
        gauge(registry, "awaiting_final_reading", Counts::overdue);
        Gauge.builder(
                        "polaris.accounting.difference",
                        this,
                        it -> it.accounting
                                .known()
                                .map(known -> known.difference().kilowattHours().doubleValue())
                                .orElse(Double.NaN))
                .description("Energy of the events of sessions completed in 30 days, less SteVe's or what was decided")
                .baseUnit("kilowatt_hours")
                .register(registry);
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT30S")
    void count() {
        try {
            counts = Optional.of(jdbc.sql("""
                select (select count(*) from transaction_sync_state where not is_finalized) as live,
                       (select count(*) from transaction_sync_state where is_finalized) as closed
                """)
                    .query((row, number) -> new Counts(row.getLong("live"), row.getLong("closed"), overdue()))
                    .single());
        } catch (DataAccessException e) {
            log.warn("Sessions cannot be counted for the metrics; the last numbers stay", e);
        }
    }

    private long overdue() {
        return concerns.unclosed(clock.instant().minus(UNTIL_CLOSED), MOST_OVERDUE)
                .size();
    }

    private void gauge(MeterRegistry registry, String state, ToDoubleFunction<Counts> count) {
        Gauge.builder(
                        "polaris.sessions",
                        this,
                        it -> it.counts.map(known -> count.applyAsDouble(known)).orElse(Double.NaN))
                .description("Sessions by state")
                .baseUnit("sessions")
                .tag("state", state)
                .register(registry);
    }
}
