package express.polaris.sessions.statistics;

import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Totals of all sessions by the day of their start. */
@Repository
public class SessionDays {

    private final JdbcClient jdbc;

    SessionDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Sessions that started on a day.
     *
     * @param energy energy of these sessions so far, including energy delivered on later days; without sessions that
     *     are held for a decision
     * @param disputed energy of the sessions held for a decision
     * @param drivers number of different owners
     */
    public record Day(LocalDate date, long sessions, Energy energy, Energy disputed, long drivers) {}

    /** Days with sessions that started within the interval, oldest first. */
    public List<Day> of(Interval started, ZoneId zone) {
        return jdbc.sql("""
            select (started_at at time zone :zone)::date as day, count(*) as sessions,
                   coalesce(sum(energy_wh) filter (where not does_not_count(dispute)), 0) as energy_wh,
                   coalesce(sum(energy_wh) filter (where does_not_count(dispute)), 0) as disputed_wh,
                   count(distinct driver_id) as drivers
              from transaction_sync_state
             where started_at >= :from and started_at < :to
             group by 1 order by 1
            """)
                .param("zone", zone.getId())
                .param("from", SqlTime.utc(started.from()))
                .param("to", SqlTime.utc(started.to()))
                .query((row, number) -> new Day(
                        row.getObject("day", LocalDate.class),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        Energy.ofWattHours(row.getBigDecimal("disputed_wh")),
                        row.getLong("drivers")))
                .list();
    }
}
