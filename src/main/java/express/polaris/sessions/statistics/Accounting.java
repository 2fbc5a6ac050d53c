package express.polaris.sessions.statistics;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Accounting check: compares the event sum of completed sessions with the energy that counts. That is SteVe's energy
 * (stop value − start value) or, if an operator decided, the decided energy. The query reads every event, so each node
 * computes a statement every five minutes and caches it. The first caller waits for it. If the computation took at most
 * 25 ms, a statement older than five seconds is recomputed on request.
 */
@Service
public class Accounting {

    private static final Logger log = LoggerFactory.getLogger(Accounting.class);
    private static final Duration SPAN = Duration.ofDays(30);
    private static final Duration QUICK = Duration.ofMillis(25);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST_NAMED = 20;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Optional<Statement> latest = Optional.empty();
    private volatile Duration took = Duration.ZERO;

    Accounting(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Accounting statement.
     *
     * @param span interval of the session starts that are covered
     * @param drawnUpAt portal clock
     * @param sessions number of completed sessions with an energy that counts: SteVe's or a decided one
     * @param events sum of their events
     * @param meters sum of the energies that count
     * @param different sessions whose events do not add up to the energy that counts; the first 20
     * @param unowned those of the sessions without an owner, and their energy
     * @param vanished completed sessions with nothing to compare, and their energy: undecided, and vanished from SteVe
     *     or without a usable stop value; not part of {@code sessions}
     * @param decided those of the sessions whose decided energy differs from SteVe's, and the total difference
     * @param disputed those of the sessions in dispute, and the sum of the absolute differences between SteVe's and the
     *     measured energy
     */
    public record Statement(
            Interval span,
            Instant drawnUpAt,
            long sessions,
            Energy events,
            Energy meters,
            List<SessionId> different,
            Part unowned,
            Part vanished,
            Part decided,
            Part disputed) {

        /** Events minus the energy that counts; zero if every kilowatt-hour is accounted for. */
        public Energy difference() {
            return events.minus(meters);
        }

        /** Also requires that no single session differs, because differences may cancel out in the sum. */
        public boolean isBalanced() {
            return difference().isZero() && different.isEmpty();
        }
    }

    /** Number of sessions, and their energy or energy difference. */
    public record Part(long sessions, Energy energy) {}

    /** Latest statement for sessions that started in the last 30 days. */
    public Statement statement() {
        var oldest = clock.instant().minus(FRESH);
        return latest.filter(
                        known -> took.compareTo(QUICK) > 0 || known.drawnUpAt().isAfter(oldest))
                .orElseGet(() -> drawUpUnlessAfter(oldest));
    }

    /** Callers that waited for another one share its statement. */
    private synchronized Statement drawUpUnlessAfter(Instant oldest) {
        return latest.filter(known -> known.drawnUpAt().isAfter(oldest)).orElseGet(this::drawUp);
    }

    /** Latest statement; empty until one has been computed. */
    public Optional<Statement> known() {
        return latest;
    }

    /** Computes and caches a statement, one at a time: the one that is kept began last. */
    public synchronized Statement drawUp() {
        var now = clock.instant();
        long start = System.nanoTime();
        var statement = statement(new Interval(now.minus(SPAN), now), now);
        took = Duration.ofNanos(System.nanoTime() - start);
        latest = Optional.of(statement);
        return statement;
    }

    @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT5M")
    void renew() {
        try {
            var statement = drawUp();
            if (!statement.isBalanced()) {
                log.error(
                        "The events of sessions {} do not add up to the energy that counts; the difference is {} kWh",
                        statement.different(),
                        statement.difference().kilowattHours());
            }
        } catch (DataAccessException e) {
            log.warn("Cannot compute the accounting statement; keeping the last one", e);
        }
    }

    private Statement statement(Interval span, Instant now) {
        return jdbc.sql("""
            with summed as (
                select s.steve_transaction_id as id, s.driver_id, s.gone_from_steve_at is not null as gone, e.wh,
                       case when s.stop_value_wh >= s.start_value_wh then s.stop_value_wh - s.start_value_wh end
                           as steve_wh,
                       s.decided_energy_wh as decided_wh, s.measured_wh, s.dispute
                  from transaction_sync_state s,
                       lateral (select sum(e.kwh_delta) * 1000 as wh,
                                       (array_agg(e.is_final order by e.position desc))[1] as is_final
                                  from synced_transaction_events e
                                 where e.steve_transaction_id = s.steve_transaction_id) e
                 where s.started_at >= :from and s.started_at < :to and s.is_finalized and e.is_final),
            compared as (
                select *, coalesce(decided_wh, steve_wh) as meter_wh from summed
                 where decided_wh is not null or not gone and steve_wh is not null)
            select count(*) as sessions, coalesce(sum(wh), 0) as events_wh, coalesce(sum(meter_wh), 0) as meters_wh,
                   array(select id from compared where wh <> meter_wh order by id limit :named) as different,
                   count(*) filter (where driver_id is null) as unowned,
                   coalesce(sum(wh) filter (where driver_id is null), 0) as unowned_wh,
                   (select count(*) from summed where decided_wh is null and (gone or steve_wh is null)) as vanished,
                   (select coalesce(sum(wh), 0) from summed
                     where decided_wh is null and (gone or steve_wh is null)) as vanished_wh,
                   count(*) filter (where decided_wh is not null and decided_wh is distinct from steve_wh) as decided,
                   coalesce(sum(decided_wh - coalesce(steve_wh, 0)), 0) as decided_wh,
                   count(*) filter (where dispute is not null) as disputed,
                   coalesce(sum(abs(steve_wh - measured_wh)) filter (where dispute is not null), 0) as disputed_wh
              from compared
            """)
                .param("from", SqlTime.utc(span.from()))
                .param("to", SqlTime.utc(span.to()))
                .param("named", MOST_NAMED)
                .query((row, number) -> new Statement(
                        span,
                        now,
                        row.getLong("sessions"),
                        energy(row, "events_wh"),
                        energy(row, "meters_wh"),
                        different(row),
                        new Part(row.getLong("unowned"), energy(row, "unowned_wh")),
                        new Part(row.getLong("vanished"), energy(row, "vanished_wh")),
                        new Part(row.getLong("decided"), energy(row, "decided_wh")),
                        new Part(row.getLong("disputed"), energy(row, "disputed_wh"))))
                .single();
    }

    private static Energy energy(ResultSet row, String column) throws SQLException {
        return Energy.ofWattHours(row.getBigDecimal(column));
    }

    private static List<SessionId> different(ResultSet row) throws SQLException {
        return Arrays.stream((Long[]) row.getArray("different").getArray())
                .map(SessionId::new)
                .toList();
    }
}
