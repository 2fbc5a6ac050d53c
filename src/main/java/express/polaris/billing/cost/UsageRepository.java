package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.UsedEnergy;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionStatus;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Driver's energy by local day. */
@Repository
public class UsageRepository implements UsedEnergy {

    /**
     * SQL condition for an event {@code e} with implausible energy, confirmed neither by the end of its session
     * nor by an operator.
     */
    public static final String HELD = """
        ('implausible' = any(e.flags) and e.sealed_at is null
           and not exists (
               select from transaction_sync_state s
                where s.steve_transaction_id = e.steve_transaction_id and %s)
           and e.position > coalesce((select c.up_to_position from confirmed_energy c
                                       where c.steve_transaction_id = e.steve_transaction_id), -1))
        """.formatted(SessionStatus.COMPLETED_IN_SQL);

    private final JdbcClient jdbc;

    UsageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Energy that ranks together: of one day, sealed at the same instant or unsealed.
     *
     * @param sealedAt when it was sealed; empty for unsealed energy
     * @param held some of it has no price yet
     */
    record Run(LocalDate day, Optional<Instant> sealedAt, Energy energy, boolean held) {}

    /**
     * Part of a sealed event that was taken back later.
     *
     * @param day day of the event
     * @param until the period's energy up to and including the part of the event that was not given back by
     *     then
     * @param givenBackAt when an invoice gave it back; empty before that
     */
    record Part(LocalDate day, Energy until, Energy energy, Optional<Instant> givenBackAt) {}

    /**
     * Returns the driver's energy billed at an instant after {@code from} and up to {@code to}, in pricing
     * order.
     *
     * @param zone zone of the days; a reading at midnight belongs to the day that ends
     */
    List<Run> runs(AccountId driver, Interval bounds, ZoneId zone) {
        return jdbc.sql("""
            select ((e.billed_at - interval '1 microsecond') at time zone :zone)::date as day, e.sealed_at,
                   sum(e.counted_kwh) as kwh, bool_or(e.counted_kwh <> 0 and
            """ + HELD + """
                   ) as held
              from synced_transaction_events e
             where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to
             group by 1, 2
             order by e.sealed_at nulls last, 1
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .param("zone", zone.getId())
                .query((row, number) -> new Run(
                        row.getObject("day", LocalDate.class),
                        SqlTime.instant(row, "sealed_at"),
                        Energy.ofKilowattHours(row.getBigDecimal("kwh")),
                        row.getBoolean("held")))
                .list();
    }

    /**
     * Returns the energy taken back from the driver's sealed events that are billed at an instant after {@code
     * from} and up to {@code to}, in the order in which it is given back.
     */
    List<Part> takenBack(AccountId driver, Interval bounds, ZoneId zone) {
        return jdbc.sql("""
            select ((e.billed_at - interval '1 microsecond') at time zone :zone)::date as day, t.kwh, t.given_back_at,
                   x.before_kwh + e.counted_kwh
                   - sum(t.kwh) over (partition by e.id order by t.given_back_at nulls last) + t.kwh as until_kwh
              from taken_back t
              join sealed_events x on x.steve_transaction_id = t.steve_transaction_id and x.position = t.position
              join synced_transaction_events e
                on e.steve_transaction_id = t.steve_transaction_id and e.position = t.position
             where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to
             order by t.given_back_at nulls last
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .param("zone", zone.getId())
                .query((row, number) -> new Part(
                        row.getObject("day", LocalDate.class),
                        Energy.ofKilowattHours(row.getBigDecimal("until_kwh")),
                        Energy.ofKilowattHours(row.getBigDecimal("kwh")),
                        SqlTime.instant(row, "given_back_at")))
                .list();
    }

    @Override
    public Energy of(AccountId driver, Interval bounds) {
        return jdbc.sql("""
            select coalesce(sum(e.counted_kwh), 0)
                   - coalesce((select sum(t.kwh)
                                 from taken_back t join synced_transaction_events b using (steve_transaction_id, position)
                                where b.driver_id = :driver and b.billed_at > :from and b.billed_at <= :to), 0) as kwh
              from synced_transaction_events e
             where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to and not
            """ + HELD)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .query((row, number) -> Energy.ofKilowattHours(row.getBigDecimal("kwh")))
                .single();
    }

    /** Returns the driver's energy that a dispute excludes, measured after {@code from} and up to {@code to}. */
    Energy disputed(AccountId driver, Interval bounds) {
        return jdbc.sql("""
            select coalesce(sum(e.kwh_delta), 0) as kwh
              from transaction_sync_state s join synced_transaction_events e using (steve_transaction_id)
             where s.driver_id = :driver and s.dispute is not null and does_not_count(s.dispute)
               and e.sealed_at is null and e.measured_at > :from and e.measured_at <= :to
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .query((row, number) -> Energy.ofKilowattHours(row.getBigDecimal("kwh")))
                .single();
    }

    /**
     * Returns the driver's energy by day, billed at an instant after {@code from} and up to {@code to}, without
     * prices.
     */
    Map<LocalDate, Energy> days(AccountId driver, Interval bounds, ZoneId zone) {
        var days = new TreeMap<LocalDate, Energy>();
        jdbc.sql("""
            select ((billed_at - interval '1 microsecond') at time zone :zone)::date as day, sum(kwh) as kwh
              from (
                select e.billed_at, e.counted_kwh as kwh
                  from synced_transaction_events e
                 where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to
                union all
                select e.billed_at, -t.kwh
                  from taken_back t join synced_transaction_events e using (steve_transaction_id, position)
                 where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to) counted
             group by 1
            """)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .param("zone", zone.getId())
                .query(row -> {
                    days.put(row.getObject("day", LocalDate.class), Energy.ofKilowattHours(row.getBigDecimal("kwh")));
                });
        return days;
    }
}
