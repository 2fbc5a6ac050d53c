package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterSeries;
import express.polaris.metering.MeterStop;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.stations.cards.EvCard;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code transaction_sync_state}. */
@Repository
public class StateRepository {

    private final JdbcClient jdbc;

    StateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stored state by session; unknown sessions are omitted. */
    Map<SessionId, KnownSession> known(Collection<SessionId> ids) {
        return jdbc
                .sql("select * from transaction_sync_state where steve_transaction_id = any(?)")
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query(KnownSession::of)
                .list()
                .stream()
                .collect(Collectors.toMap(stored -> stored.facts().id(), Function.identity()));
    }

    Optional<KnownSession> find(SessionId id) {
        return Optional.ofNullable(known(List.of(id)).get(id));
    }

    /** Locks the session's row until the transaction ends, so that two writers take turns. */
    public Optional<KnownSession> lock(SessionId id) {
        return lock(List.of(id)).stream().findFirst();
    }

    /** Locks the rows of these sessions in the order of their ids; skips sessions that do not exist. */
    public List<KnownSession> lock(Collection<SessionId> ids) {
        return jdbc.sql("""
            select * from transaction_sync_state where steve_transaction_id = any(?)
             order by steve_transaction_id for no key update
            """)
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query(KnownSession::of)
                .list();
    }

    /**
     * Blocks invoicing of these drivers' energy before any of their events changes. One call for all drivers of a
     * transaction, after the session rows are locked: see "Lock order" in docs/architecture.md.
     */
    public void holdPrices(Stream<AccountId> drivers) {
        jdbc.sql("select hold_prices(?)")
                .param(drivers.map(AccountId::value).toArray(Long[]::new))
                .query((row, number) -> number)
                .list();
    }

    /** Highest known id; 0 without sessions. */
    long highestId() {
        return jdbc.sql("select coalesce(max(steve_transaction_id), 0) from transaction_sync_state")
                .query(Long.class)
                .single();
    }

    /**
     * Believed times of a session.
     *
     * @param endedAt empty while live
     * @param clockShift by how much the times of a clock that was never set are moved
     * @param aheadUntil until when the station clock is ahead
     */
    record Times(
            Instant startedAt, Optional<Instant> endedAt, Optional<Duration> clockShift, Optional<Instant> aheadUntil) {

        static Times of(MeterSeries series) {
            return new Times(series.startedAt(), series.endedAt(), series.clockShift(), series.aheadUntil());
        }
    }

    /**
     * @return false if the session existed already; the first read of a new one is due at once
     */
    boolean insert(TransactionFacts facts, Times times, Set<String> flags, Optional<EvCard> owner, Instant now) {
        return jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id,
                   ocpp_id_tag, ev_card_id, driver_id, started_at, steve_started_at, first_seen_at,
                   start_value_wh, stopped_at, steve_stopped_at, stop_seen_at, stop_value_wh, stop_reason, stop_actor,
                   is_finalized, finalized_at, clock_shift_micros, ahead_until, flags, next_poll_at, updated_at)
            values (:id, :box, :connector, :tag, :card, :driver, :startedAt, :steveStartedAt, :now,
                    :startValue, :endedAt, :stoppedAt, :finalizedAt, :stopValue, :stopReason, :stopActor,
                    :finalized, :finalizedAt, :clockShift, :aheadUntil, :flags, :now, :now)
            on conflict do nothing
            """)
                        .param("id", facts.id().value())
                        .param("box", facts.chargeBoxId())
                        .param("connector", facts.connectorId())
                        .param("tag", facts.idTag())
                        .param("card", owner.map(card -> card.id().value()).orElse(null))
                        .param(
                                "driver",
                                owner.map(card -> card.driver().value()).orElse(null))
                        .param("startedAt", SqlTime.utc(times.startedAt()))
                        .param("endedAt", SqlTime.utc(times.endedAt()))
                        .param("clockShift", micros(times.clockShift()))
                        .param("aheadUntil", SqlTime.utc(times.aheadUntil()))
                        .param("steveStartedAt", SqlTime.utc(facts.startedAt()))
                        .param("now", SqlTime.utc(now))
                        .param("startValue", facts.startValue().wattHours())
                        .param("stoppedAt", SqlTime.utc(facts.stop().map(MeterStop::at)))
                        .param("stopValue", stopValue(facts))
                        .param(
                                "stopReason",
                                facts.stop().flatMap(MeterStop::reason).orElse(null))
                        .param(
                                "stopActor",
                                facts.stop().flatMap(MeterStop::actor).orElse(null))
                        .param("finalized", facts.stop().isPresent())
                        .param("finalizedAt", SqlTime.utc(facts.stop().map(stop -> now)))
                        .param("flags", flags.toArray(String[]::new))
                        .update()
                == 1;
    }

    /**
     * Applies SteVe's stop and makes the next read due at once.
     *
     * @return the new revision
     */
    long closed(TransactionFacts facts, Times times, Instant now) {
        return jdbc.sql("""
            update transaction_sync_state
               set stop_seen_at = case when steve_stopped_at = :stoppedAt then stop_seen_at else :now end,
                   stopped_at = :endedAt, steve_stopped_at = :stoppedAt, ahead_until = null, stop_value_wh = :stopValue, stop_reason = :stopReason,
                   stop_actor = :stopActor, is_finalized = true,
                   finalized_at = coalesce(finalized_at, :now), gone_from_steve_at = null,
                   next_poll_at = :now, revision = revision + 1, updated_at = :now
             where steve_transaction_id = :id
            returning revision
            """)
                .param("id", facts.id().value())
                .param("endedAt", SqlTime.utc(times.endedAt()))
                .param("stoppedAt", SqlTime.utc(facts.stop().map(MeterStop::at)))
                .param("stopValue", stopValue(facts))
                .param("stopReason", facts.stop().flatMap(MeterStop::reason).orElse(null))
                .param("stopActor", facts.stop().flatMap(MeterStop::actor).orElse(null))
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .single();
    }

    /**
     * Result of a details read, without the events.
     *
     * @param energy sum of the events
     * @param dispute empty if an operator's decision or trust applies
     */
    record Read(
            TransactionFacts facts,
            MeterSeries series,
            Times times,
            Energy energy,
            Optional<Dispute> dispute,
            Optional<Instant> lastEnergyAt,
            Set<String> flags) {

        /** Why the session has no closing event although SteVe has closed the transaction. */
        Optional<ClosingFault> closingFault() {
            return series.isUnclosable()
                    ? Optional.of(ClosingFault.of(facts.stop().flatMap(stop -> stop.value())))
                    : Optional.empty();
        }
    }

    /**
     * Applies the result of a read that was requested at {@code requestedAt}.
     *
     * @param eventsChanged whether events changed; raises the revision even if nothing else did
     * @return the new revision, if a visible value changed
     */
    Optional<Long> read(Read read, boolean eventsChanged, Instant requestedAt, Instant now) {
        var facts = read.facts();
        var live = read.series().live();
        return jdbc.sql("""
            with changed as (
                select s.steve_transaction_id,
                       (:eventsChanged
                         or (s.started_at, s.stopped_at, s.ahead_until, s.measured_wh, s.dispute,
                             s.steve_stopped_at, s.stop_value_wh, s.stop_reason, s.stop_actor, s.is_finalized,
                             s.closing_problem, s.live_power_w, s.live_power_derived, s.live_soc,
                             s.last_reading_at, s.gone_from_steve_at, s.flags)
                            is distinct from
                            (cast(:startedAt as timestamptz), cast(:endedAt as timestamptz),
                             cast(:aheadUntil as timestamptz), cast(:measured as numeric(18, 3)),
                             cast(:dispute as text), cast(:stoppedAt as timestamptz),
                             cast(:stopValue as numeric(13, 3)),
                             cast(:stopReason as text), cast(:stopActor as text), :finalized,
                             cast(:problem as text), cast(:power as numeric(13, 3)), :derived,
                             cast(:soc as numeric(6, 3)), cast(:readingAt as timestamptz), null,
                             cast(:flags as text[]))) as visibly
                  from transaction_sync_state s
                 where s.steve_transaction_id = :id)
            update transaction_sync_state s
               set started_at = :startedAt, stopped_at = :endedAt, clock_shift_micros = :clockShift,
                   ahead_until = :aheadUntil, measured_wh = :measured, dispute = :dispute,
                   stop_seen_at = case when s.steve_stopped_at = :stoppedAt then s.stop_seen_at
                                       when :finalized then :now end,
                   steve_stopped_at = :stoppedAt, stop_value_wh = :stopValue, stop_reason = :stopReason,
                   stop_actor = :stopActor, is_finalized = :finalized,
                   finalized_at = case when :finalized then coalesce(s.finalized_at, :now) end,
                   closing_problem = :problem, live_power_w = :power, live_power_derived = :derived,
                   live_soc = :soc, last_reading_at = :readingAt, energy_wh = :energy,
                   last_energy_at = :energyAt, sampling_seconds = coalesce(:sampling, s.sampling_seconds),
                   flags = :flags, gone_from_steve_at = null, last_read_at = :requestedAt,
                   revision = s.revision + case when changed.visibly then 1 else 0 end,
                   updated_at = case when changed.visibly then :now else s.updated_at end
              from changed
             where s.steve_transaction_id = changed.steve_transaction_id
            returning case when changed.visibly then s.revision end as revision
            """)
                .param("id", facts.id().value())
                .param("eventsChanged", eventsChanged)
                .param("stoppedAt", SqlTime.utc(facts.stop().map(MeterStop::at)))
                .param("stopValue", stopValue(facts))
                .param("stopReason", facts.stop().flatMap(MeterStop::reason).orElse(null))
                .param("stopActor", facts.stop().flatMap(MeterStop::actor).orElse(null))
                .param("finalized", facts.stop().isPresent())
                .param("startedAt", SqlTime.utc(read.times().startedAt()))
                .param("endedAt", SqlTime.utc(read.times().endedAt()))
                .param("clockShift", micros(read.times().clockShift()))
                .param("aheadUntil", SqlTime.utc(read.times().aheadUntil()))
                .param("measured", read.series().measured().wattHours())
                .param("dispute", read.dispute().map(Dispute::wireName).orElse(null))
                .param(
                        "problem",
                        read.closingFault().map(ClosingFault::wireName).orElse(null))
                .param("power", live.power().map(Power::watts).orElse(null))
                .param("derived", live.powerDerived())
                .param("soc", live.soc().orElse(null))
                .param("readingAt", SqlTime.utc(live.at()))
                .param("energy", read.energy().wattHours())
                .param("energyAt", SqlTime.utc(read.lastEnergyAt()))
                .param(
                        "sampling",
                        read.series()
                                .samplingInterval()
                                .map(Duration::toSeconds)
                                .orElse(null))
                .param("flags", read.flags().toArray(String[]::new))
                .param("requestedAt", SqlTime.utc(requestedAt))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> Optional.ofNullable(row.getObject("revision", Long.class)))
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * Closes the session of a vanished transaction; it is not read again.
     *
     * @return the new revision
     */
    long gone(SessionId id, Energy energy, Instant now) {
        return jdbc.sql("""
            update transaction_sync_state
               set is_finalized = true, finalized_at = coalesce(finalized_at, :now),
                   gone_from_steve_at = :now, closing_problem = null, energy_wh = :energy,
                   live_power_w = null, live_soc = null, next_poll_at = null,
                   revision = revision + 1, updated_at = :now
             where steve_transaction_id = :id
            returning revision
            """)
                .param("id", id.value())
                .param("energy", energy.wattHours())
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .single();
    }

    /**
     * Stores a decided energy and clears the dispute. The events must be written first.
     *
     * @return the new revision
     */
    long decided(SessionId id, Energy energy, Instant now) {
        return jdbc.sql("""
            update transaction_sync_state s
               set decided_energy_wh = :energy, energy_wh = :energy, dispute = null, closing_problem = null,
                   flags = array(select flag from unnest(s.flags) flag where flag in ('clock', 'outlier')
                                 union
                                 select unnest(e.flags) from synced_transaction_events e
                                  where e.steve_transaction_id = s.steve_transaction_id
                                 order by 1),
                   revision = revision + 1, updated_at = :now
             where steve_transaction_id = :id
            returning revision
            """)
                .param("id", id.value())
                .param("energy", energy.wattHours())
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .single();
    }

    /** Accepts the register's jumps up to this instant (meter time); the next read is due at once. */
    void jumpsAreReal(SessionId id, Instant until, Instant now) {
        jdbc.sql("""
            update transaction_sync_state set jumps_real_until = :until, next_poll_at = :now
             where steve_transaction_id = :id
            """)
                .param("id", id.value())
                .param("until", SqlTime.utc(until))
                .param("now", SqlTime.utc(now))
                .update();
    }

    /** @return the new revision */
    public long owner(SessionId id, Optional<EvCard> card, Optional<AccountId> driver, Instant now) {
        return jdbc.sql("""
            update transaction_sync_state
               set ev_card_id = :card, driver_id = :driver, revision = revision + 1, updated_at = :now
             where steve_transaction_id = :id
            returning revision
            """)
                .param("id", id.value())
                .param("card", card.map(owned -> owned.id().value()).orElse(null))
                .param("driver", driver.map(AccountId::value).orElse(null))
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .single();
    }

    List<SessionId> live() {
        return jdbc.sql("select steve_transaction_id from transaction_sync_state where not is_finalized")
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    List<SessionId> present(Instant startedFrom, Instant startedBefore) {
        return jdbc.sql("""
            select steve_transaction_id from transaction_sync_state
             where steve_started_at >= ? and steve_started_at < ? and gone_from_steve_at is null
            """)
                .param(SqlTime.utc(startedFrom))
                .param(SqlTime.utc(startedBefore))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    private static @Nullable Long micros(Optional<Duration> shift) {
        return shift.map(duration -> duration.toNanos() / 1_000).orElse(null);
    }

    private static @Nullable Object stopValue(TransactionFacts facts) {
        return facts.stop().flatMap(MeterStop::value).map(Energy::wattHours).orElse(null);
    }
}
