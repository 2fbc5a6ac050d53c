package express.polaris.sessions.statistics;

import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Energy and occupancy statistics over all drivers, for operators. */
@Repository
public class ChargingStatistics {

    /** End of the occupancy: the stop; {@code now} for a live session; the last reading for a vanished one. */
    private static final String END = """
        coalesce(s.stopped_at, case when s.is_finalized then greatest(s.started_at, s.last_reading_at) else :now end)""";

    private final JdbcClient jdbc;

    ChargingStatistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Activity of a charge box.
     *
     * @param lastStartedAt start of its latest session, however long ago; empty if it never had one
     * @param sessions number of sessions that started since the given instant
     * @param energy energy of these sessions
     */
    public record Activity(Optional<Instant> lastStartedAt, long sessions, Energy energy) {

        public static final Activity NONE = new Activity(Optional.empty(), 0, Energy.ZERO);
    }

    /**
     * One hour of a charge box, summed over its connectors.
     *
     * @param from start of the hour; hours are aligned to the start of the requested range
     * @param occupied time with a car plugged in
     * @param charging part of {@code occupied} in which energy flowed
     */
    public record Hour(Instant from, Duration occupied, Duration charging) {}

    /** Number and energy of the sessions that started in a month. */
    public record Month(YearMonth month, long sessions, Energy energy) {}

    /** Activity by charge box; contains every requested charge box. */
    public Map<ChargeBoxId, Activity> activity(Collection<ChargeBoxId> chargeBoxes, Instant since) {
        var found = new HashMap<ChargeBoxId, Activity>();
        chargeBoxes.forEach(id -> found.put(id, Activity.NONE));
        jdbc.sql("""
            select b.id, recent.sessions, recent.energy_wh,
                   (select max(l.started_at) from transaction_sync_state l where lower(l.charge_box_id) = b.id) as last_at
              from unnest(:ids) as b(id)
              cross join lateral (
                    select count(*) as sessions, coalesce(sum(s.energy_wh), 0) as energy_wh
                      from transaction_sync_state s
                     where lower(s.charge_box_id) = b.id and s.started_at >= :since) recent
            """)
                .param("ids", chargeBoxes.stream().map(ChargingStatistics::key).toArray(String[]::new))
                .param("since", SqlTime.utc(since))
                .query(row -> {
                    found.put(
                            new ChargeBoxId(row.getString("id")),
                            new Activity(
                                    SqlTime.instant(row, "last_at"),
                                    row.getLong("sessions"),
                                    Energy.ofWattHours(row.getBigDecimal("energy_wh"))));
                });
        return Map.copyOf(found);
    }

    /**
     * Hours of a charge box in which a car was plugged in, oldest first; other hours are omitted.
     *
     * @param from start of the first hour
     * @param now end of the range
     */
    public List<Hour> hours(ChargeBoxId chargeBox, Instant from, Instant now) {
        return jdbc.sql("""
            with candidates as materialized (
                select * from transaction_sync_state where lower(charge_box_id) = :box and started_at >= :from
                union all
                select * from transaction_sync_state
                 where lower(charge_box_id) = :box and started_at < :from and stopped_at > :from
                union all
                select * from transaction_sync_state
                 where lower(charge_box_id) = :box and started_at < :from and not is_finalized
                union all
                select * from transaction_sync_state
                 where lower(charge_box_id) = :box and started_at < :from and gone_from_steve_at is not null
                   and is_finalized and stopped_at is null and last_reading_at > :from),
            stays as materialized (
                select s.steve_transaction_id as id, greatest(s.started_at, :from) as starts, least(%s, :now) as ends
                  from candidates s
                 where s.started_at < :now and %s > :from),
            spans as (
                select starts, ends, false as charging from stays
                 union all
                select greatest(e.measured_from, t.starts), least(e.measured_at, t.ends), true
                  from stays t
                 cross join lateral (
                       select e.measured_from, e.measured_at from synced_transaction_events e
                        where e.steve_transaction_id = t.id and e.kwh_delta > 0
                       offset 0) e)
            select h.at,
                   coalesce(sum(extract(epoch from least(p.ends, h.at + interval '1 hour') - greatest(p.starts, h.at)))
                            filter (where not p.charging), 0) as occupied,
                   coalesce(sum(extract(epoch from least(p.ends, h.at + interval '1 hour') - greatest(p.starts, h.at)))
                            filter (where p.charging), 0) as charging
              from spans p
              cross join lateral generate_series(
                    date_bin('1 hour', p.starts, :from), p.ends - interval '1 microsecond', '1 hour') as h(at)
             where p.ends > p.starts
             group by h.at
             order by h.at
            """.formatted(END, END))
                .param("box", key(chargeBox))
                .param("from", SqlTime.utc(from))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new Hour(
                        SqlTime.required(row, "at"),
                        Duration.ofSeconds(row.getBigDecimal("occupied").longValue()),
                        Duration.ofSeconds(row.getBigDecimal("charging").longValue())))
                .list();
    }

    /**
     * Totals by the month in which the sessions started, in {@code zone}, oldest first; a month without sessions is
     * omitted. Adds up the kept sums of UTC days; only the sessions between a month's midnight in {@code zone} and in
     * UTC are read one by one.
     *
     * @param until last month, inclusive
     */
    public List<Month> months(YearMonth from, YearMonth until, ZoneId zone) {
        return jdbc.sql("""
            with edges as materialized (
                select e.day::date as day, coalesce(b.sessions, 0) as sessions, coalesce(b.energy_wh, 0) as energy_wh
                  from generate_series(cast(:from as timestamp), cast(:end as timestamp), interval '1 month') e (day)
                 cross join lateral (
                       select case when e.day at time zone :zone < e.day at time zone 'UTC' then 1 else -1 end as sign) z
                 cross join lateral (
                       select z.sign * count(*) as sessions, z.sign * sum(s.energy_wh) as energy_wh
                         from transaction_sync_state s
                        where s.started_at >= least(e.day at time zone :zone, e.day at time zone 'UTC')
                          and s.started_at < greatest(e.day at time zone :zone, e.day at time zone 'UTC')) b)
            select m.day as month, d.sessions + m.sessions - next.sessions as sessions,
                   d.energy_wh + m.energy_wh - next.energy_wh as energy_wh
              from edges m
              join edges next on next.day = m.day + interval '1 month'
             cross join lateral (
                   select coalesce(sum(k.sessions), 0) as sessions, coalesce(sum(k.energy_wh), 0) as energy_wh
                     from (select day, sessions, energy_wh from session_days
                           union all
                           select day, sessions, energy_wh from session_changes) k
                    where k.day >= m.day and k.day < next.day) d
             where d.sessions + m.sessions - next.sessions <> 0
             order by m.day
            """)
                .param("zone", zone.getId())
                .param("from", from.atDay(1))
                .param("end", until.plusMonths(1).atDay(1))
                .query((row, number) -> new Month(
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh"))))
                .list();
    }

    private static String key(ChargeBoxId id) {
        return id.value().toLowerCase(Locale.ROOT);
    }
}
