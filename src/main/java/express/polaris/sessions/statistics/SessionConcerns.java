package express.polaris.sessions.statistics;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionRows;
import express.polaris.stations.cards.IdTag;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions that need an operator's attention. Every query uses an index with few other rows. */
@Repository
public class SessionConcerns {

    private final JdbcClient jdbc;

    SessionConcerns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An idTag with sessions without an owner.
     *
     * @param charging whether one of them is live
     * @param since start of the first of them in the requested span
     */
    public record UnlinkedTag(IdTag idTag, long sessions, Energy energy, boolean charging, Instant since) {}

    /**
     * idTags with sessions without an owner that started since then; those with a live session first, then the
     * latest.
     */
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
                .param("since", SqlTime.utc(startedSince))
                .param("limit", limit)
                .query((row, number) -> new UnlinkedTag(
                        new IdTag(row.getString("id_tag")),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        row.getBoolean("charging"),
                        SqlTime.required(row, "since")))
                .list();
    }

    /**
     * A closed session without a closing reading.
     *
     * @param closedAt when the portal learned that it is closed
     * @param fault why; empty if it has not been read since
     */
    public record Unclosed(SessionId session, Instant closedAt, Optional<ClosingFault> fault) {}

    /** Sessions without a closing reading that were found closed before this instant; longest waiting first. */
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
                .param("before", SqlTime.utc(closedBefore))
                .param("limit", limit)
                .query((row, number) -> new Unclosed(
                        new SessionId(row.getLong("steve_transaction_id")),
                        SqlTime.required(row, "finalized_at"),
                        SessionRows.closingFault(row)))
                .list();
    }

    /**
     * A live session whose register rose by more than its connector can deliver.
     *
     * @param rise of the register, over all its jumps
     * @param since time of the first jump's reading
     */
    public record Jump(SessionId session, Energy rise, Instant since) {}

    /** Jumps that wait for an operator, oldest first. */
    public List<Jump> jumps(int limit) {
        return jdbc.sql("""
            with live as materialized (
                select steve_transaction_id as id, flags from transaction_sync_state where not is_finalized)
            select live.id as steve_transaction_id, jumps.rise, jumps.since
              from live
             cross join lateral (
                   select sum(e.meter_to_wh - e.meter_from_wh) as rise, min(e.measured_at) as since
                     from synced_transaction_events e
                    where e.steve_transaction_id = live.id and 'implausible' = any(e.flags)) jumps
             where live.flags @> '{implausible}' and jumps.since is not null
             order by jumps.since, live.id limit :limit
            """)
                .param("limit", limit)
                .query((row, number) -> new Jump(
                        new SessionId(row.getLong("steve_transaction_id")),
                        Energy.ofWattHours(row.getBigDecimal("rise")),
                        SqlTime.required(row, "since")))
                .list();
    }

    /**
     * A session with a wrong station clock that had ended when it was first seen, so that its real time is unknown.
     *
     * @param startedAt the believed start
     * @param steveStartedAt the start in SteVe
     */
    public record WrongClock(SessionId session, Instant startedAt, Instant steveStartedAt, Instant firstSeenAt) {}

    /** Sessions first seen since then, latest first. */
    public List<WrongClock> wrongClocks(Instant since, int limit) {
        return jdbc.sql("""
            select steve_transaction_id, started_at, steve_started_at, first_seen_at
              from transaction_sync_state
             where flags @> '{clock}' and finalized_at = first_seen_at and first_seen_at >= :since
             order by first_seen_at desc, steve_transaction_id desc limit :limit
            """)
                .param("since", SqlTime.utc(since))
                .param("limit", limit)
                .query((row, number) -> new WrongClock(
                        new SessionId(row.getLong("steve_transaction_id")),
                        SqlTime.required(row, "started_at"),
                        SqlTime.required(row, "steve_started_at"),
                        SqlTime.required(row, "first_seen_at")))
                .list();
    }

    /** A session whose transaction vanished from SteVe. */
    public record Vanished(SessionId session, Energy energy, Instant at) {}

    /** Sessions found to have vanished since then, latest first. */
    public List<Vanished> vanished(Instant since, int limit) {
        return jdbc.sql("""
            select steve_transaction_id, energy_wh, gone_from_steve_at
              from transaction_sync_state
             where gone_from_steve_at >= :since
             order by gone_from_steve_at desc, steve_transaction_id desc limit :limit
            """)
                .param("since", SqlTime.utc(since))
                .param("limit", limit)
                .query((row, number) -> new Vanished(
                        new SessionId(row.getLong("steve_transaction_id")),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        SqlTime.required(row, "gone_from_steve_at")))
                .list();
    }
}
