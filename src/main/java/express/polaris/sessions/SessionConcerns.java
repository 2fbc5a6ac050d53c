package express.polaris.sessions;

import express.polaris.cards.IdTag;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions that an operator has to look at. Every query stands on an index that holds little else. */
@Repository
public class SessionConcerns {

    private final JdbcClient jdbc;

    SessionConcerns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A tag with sessions that are nobody's.
     *
     * @param charging one of them is live
     * @param since the start of the first of them in the span that was asked for
     */
    public record UnlinkedTag(IdTag idTag, long sessions, Energy energy, boolean charging, Instant since) {}

    /** Tags with sessions without an owner that started since, those that charge now and the latest first. */
    public List<UnlinkedTag> unlinkedTags(Instant startedSince, int limit) {
        return jdbc.sql("""
            select (array_agg(ocpp_id_tag order by started_at desc))[1] as id_tag, count(*) as sessions,
                   sum(energy_wh) as energy_wh, bool_or(not is_finalized) as charging, min(started_at) as since
              from transaction_sync_state
             where driver_id is null and started_at >= :since
             group by lower(ocpp_id_tag)
             order by bool_or(not is_finalized) desc, max(started_at) desc
             limit :limit
            """)
                .param("since", SessionRows.required(startedSince))
                .param("limit", limit)
                .query((row, number) -> new UnlinkedTag(
                        new IdTag(row.getString("id_tag")),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        row.getBoolean("charging"),
                        SessionRows.instant(row, "since").orElseThrow()))
                .list();
    }

    /**
     * A session that SteVe has closed and that has no closing reading.
     *
     * @param closedAt when we learnt that it is closed
     * @param fault why; empty when it has not been read since
     */
    public record Unclosed(SessionId session, Instant closedAt, Optional<ClosingFault> fault) {}

    /** Neither live nor final although they were found closed before this instant; the longest first. */
    public List<Unclosed> unclosed(Instant closedBefore, int limit) {
        return jdbc.sql("""
            with found as (
                (select s.steve_transaction_id, s.finalized_at, s.closing_problem, s.stop_value_wh
                   from transaction_sync_state s
                  where s.closing_problem is not null and s.is_finalized and s.finalized_at < :before
                  order by s.finalized_at limit :limit)
                union
                (select s.steve_transaction_id, s.finalized_at, s.closing_problem, s.stop_value_wh
                   from transaction_sync_state s
                  where s.next_poll_at is not null and s.is_finalized and s.finalized_at < :before
                    and not coalesce((select e.is_final from synced_transaction_events e
                                       where e.steve_transaction_id = s.steve_transaction_id
                                       order by e.position desc limit 1), false)
                  limit :limit))
            select steve_transaction_id, finalized_at, closing_problem, stop_value_wh
              from found order by finalized_at, steve_transaction_id limit :limit
            """)
                .param("before", SessionRows.required(closedBefore))
                .param("limit", limit)
                .query((row, number) -> new Unclosed(
                        new SessionId(row.getLong("steve_transaction_id")),
                        SessionRows.instant(row, "finalized_at").orElseThrow(),
                        SessionRows.closingFault(row)))
                .list();
    }

    /** A closing event that makes up for a meter reset, and the energy that the reset took. */
    public record MeterReset(SessionId session, Energy taken, Instant at) {}

    /** Of sessions that ended since, the latest first. */
    public List<MeterReset> meterResets(Instant since, int limit) {
        return jdbc.sql("""
            select steve_transaction_id, -kwh_delta as taken, measured_at
              from synced_transaction_events
             where 'reset_correction' = any(flags) and measured_at >= :since
             order by measured_at desc, steve_transaction_id desc limit :limit
            """)
                .param("since", SessionRows.required(since))
                .param("limit", limit)
                .query((row, number) -> new MeterReset(
                        new SessionId(row.getLong("steve_transaction_id")),
                        Energy.ofKilowattHours(row.getBigDecimal("taken")),
                        SessionRows.instant(row, "measured_at").orElseThrow()))
                .list();
    }

    /** A session whose transaction is not in SteVe any more. */
    public record Vanished(SessionId session, Energy energy, Instant at) {}

    /** Found to have vanished since, the latest first. */
    public List<Vanished> vanished(Instant since, int limit) {
        return jdbc.sql("""
            select steve_transaction_id, energy_wh, gone_from_steve_at
              from transaction_sync_state
             where gone_from_steve_at >= :since
             order by gone_from_steve_at desc, steve_transaction_id desc limit :limit
            """)
                .param("since", SessionRows.required(since))
                .param("limit", limit)
                .query((row, number) -> new Vanished(
                        new SessionId(row.getLong("steve_transaction_id")),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        SessionRows.instant(row, "gone_from_steve_at").orElseThrow()))
                .list();
    }
}
