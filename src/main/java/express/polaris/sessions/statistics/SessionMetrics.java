package express.polaris.sessions.statistics;

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

/** Metrics of sessions. Counted periodically, so that a scrape does not query the database. */
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

    /**
     * @param overdue sessions without a closing reading ten minutes after they closed; 1000 means at least 1000
     */
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
                .description("Event energy of sessions completed in 30 days, minus SteVe's or the decided energy")
                .baseUnit("kilowatt_hours")
                .register(registry);
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT30S")
    void count() {
        try {
            counts = Optional.of(jdbc.sql("""
                select live, (select sessions from session_count)
                             + (select coalesce(sum(sessions), 0) from session_changes) - live as closed
                  from (select count(*) as live from transaction_sync_state where not is_finalized) open
                """)
                    .query((row, number) -> new Counts(row.getLong("live"), row.getLong("closed"), overdue()))
                    .single());
        } catch (DataAccessException e) {
            log.warn("Cannot count the sessions for the metrics; keeping the last values", e);
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
