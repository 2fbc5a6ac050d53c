package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cost of a billing period's usage that depends on more than its running total: on time, place, and fees of sessions. */
@Component
public class TimedUsage {

    private static final int ROWS_AT_A_TIME = 1_000;

    private final JdbcClient jdbc;
    private final PriceConditionsReader conditions;
    private final BucketTotals buckets;
    private final SessionFees fees;

    TimedUsage(JdbcClient jdbc, PriceConditionsReader conditions, BucketTotals buckets, SessionFees fees) {
        this.jdbc = jdbc;
        this.conditions = conditions;
        this.buckets = buckets;
        this.fees = fees;
    }

    /**
     * Cost by local day.
     *
     * @param amounts of the energy, unrounded
     * @param unknown days with energy that has no market price
     * @param lines explanation of the energy's part
     * @param fees of sessions, by the day on which they end
     */
    record ByDay(
            Map<LocalDate, BigDecimal> amounts,
            Set<LocalDate> unknown,
            List<PriceLine> lines,
            Map<LocalDate, List<FeeLine>> fees) {

        static final ByDay NOTHING = new ByDay(Map.of(), Set.of(), List.of(), Map.of());
    }

    /** Returns the cost by day; energy that was taken back costs nothing. */
    ByDay of(SubscriptionPeriod period, ZoneId zone) {
        var plan = period.plan();
        if (!plan.isSupported() || !plan.isTimed() && !plan.hasFees()) {
            return ByDay.NOTHING;
        }
        var amounts = new TreeMap<LocalDate, BigDecimal>();
        var unknown = new HashSet<LocalDate>();
        var lines = new PriceLine.Sum();
        if (plan.isTimed()) {
            energy(period, zone, amounts, unknown, lines);
        }
        var feesByDay = new TreeMap<LocalDate, List<FeeLine>>();
        fees.in(period)
                .forEach(fee -> feesByDay
                        .computeIfAbsent(day(fee.end(), zone), key -> new ArrayList<>())
                        .addAll(fee.lines()));
        return new ByDay(amounts, unknown, lines.lines(), feesByDay);
    }

    private void energy(
            SubscriptionPeriod period,
            ZoneId zone,
            Map<LocalDate, BigDecimal> amounts,
            Set<LocalDate> unknown,
            PriceLine.Sum lines) {
        var bounds = period.inForce();
        var prices = conditions.in(period);
        var places = buckets.all(period);
        jdbc.sql("""
            select e.steve_transaction_id, e.position, s.charge_box_id, e.measured_from, e.measured_at, e.billed_at, e.sealed_at,
                   e.counted_kwh - coalesce((select sum(t.kwh) from taken_back t
                                              where t.steve_transaction_id = e.steve_transaction_id
                                                and t.position = e.position), 0) as kwh
              from synced_transaction_events e join transaction_sync_state s using (steve_transaction_id)
             where e.driver_id = :driver and e.billed_at > :from and e.billed_at <= :to and e.counted_kwh > 0
               and not
            """ + " " + UsageRepository.HELD)
                .withFetchSize(ROWS_AT_A_TIME)
                .param("driver", period.subscription().driver().value())
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .query(row -> {
                    var day = day(SqlTime.required(row, "billed_at"), zone);
                    var place = new BucketTotals.Place(
                            new SessionId(row.getLong("steve_transaction_id")), row.getInt("position"));
                    var priced = prices.of(
                            new TimedEnergy.Measured(
                                    row.getString("charge_box_id"),
                                    SqlTime.required(row, "measured_from"),
                                    SqlTime.required(row, "measured_at"),
                                    SqlTime.instant(row, "sealed_at")),
                            Energy.ofKilowattHours(row.getBigDecimal("kwh")),
                            places.getOrDefault(place, Map.of()));
                    amounts.merge(day, priced.amount(), BigDecimal::add);
                    priced.lines().forEach(line -> lines.add(line.atAnyHour()));
                    if (!priced.isComplete()) {
                        unknown.add(day);
                    }
                });
    }

    /** A reading at midnight belongs to the day that ends. */
    private static LocalDate day(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at.minusNanos(1_000), zone);
    }
}
