package express.polaris.billing.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Row;
import express.polaris.billing.invoicing.RandomDriver;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Properties of session costs for random drivers whose energy is not invoiced. */
class SessionCostsPropertiesTest {

    private static final BillingFixture FIXTURE = new BillingFixture();

    /** Fails if the costs shown beside sessions do not add up to the invoice. */
    @Property(tries = 24, shrinking = ShrinkingMode.OFF)
    void theSessionsOfAPeriodAddUpToItsCharge(@ForAll long seed) {
        var driver = new RandomDriver(FIXTURE, seed);
        driver.subscribe();
        driver.charge();
        check(driver);
        driver.rewrite();
        driver.dispute();
        check(driver);
        driver.rewrite();
        driver.dispute();
        check(driver);
    }

    private static void check(RandomDriver driver) {
        var totals = new HashMap<SubscriptionPeriod, Energy>();
        var expected = expected(driver, totals);
        var actual = new HashMap<Place, Money>();
        var perPeriod = new HashMap<Interval, BigDecimal>();
        for (var id : driver.sessions().keySet()) {
            var session = FIXTURE.find(id);
            FIXTURE.get(SessionCostService.class)
                    .ofEvents(session)
                    .forEach((position, money) -> actual.put(new Place(id, position), money));
            var cost = FIXTURE.get(SessionCostService.class).of(session);
            assertThat(FIXTURE.get(SessionCostService.class).of(session)).isEqualTo(cost);
            assertThat(cost.coverage() == Coverage.UNKNOWN).isEqualTo(driver.isDisputed(id));
            cost.lines().forEach(line -> perPeriod.merge(line.period(), line.amount(), BigDecimal::add));
        }
        expected.forEach((place, amount) -> assertThat(actual.get(place))
                .as("%s of %s", place, driver.sessions())
                .satisfies(money -> assertThat(money.amount()).isEqualByComparingTo(amount)));
        totals.forEach((period, total) -> assertThat(perPeriod.getOrDefault(period.inForce(), BigDecimal.ZERO))
                .as("%s of %s", period, driver.sessions())
                .isEqualByComparingTo(period.subscription().plan().owed(total)));
        assertThat(totals.values().stream().reduce(Energy.ZERO, Energy::plus))
                .isEqualTo(driver.sessions().keySet().stream()
                        .filter(id -> !driver.isDisputed(id))
                        .map(driver::energy)
                        .reduce(Energy.ZERO, Energy::plus));
        checkDailySums(driver);
    }

    private record Place(SessionId session, int position) {}

    private record Counted(Row row, Energy energy) {}

    /** Computed independently of the module, in one pass over all events in order. */
    private static Map<Place, BigDecimal> expected(RandomDriver driver, Map<SubscriptionPeriod, Energy> totals) {
        var subscriptions = FIXTURE.get(SubscriptionRepository.class).of(driver.id());
        var amounts = new HashMap<Place, BigDecimal>();
        driver.sessions().entrySet().stream()
                .filter(session -> !driver.isDisputed(session.getKey()))
                .flatMap(session -> counted(session.getValue()).stream())
                .sorted(Comparator.comparing((Counted event) -> event.row().measuredAt())
                        .thenComparing(event -> event.row().session())
                        .thenComparing(event -> event.row().position()))
                .forEach(event -> {
                    var justBefore = event.row().measuredAt().minusNanos(1);
                    var period = subscriptions.stream()
                            .filter(candidate -> candidate.inForce().contains(justBefore))
                            .findFirst()
                            .orElseThrow()
                            .periodAt(justBefore);
                    var plan = period.subscription().plan();
                    var before = totals.getOrDefault(period, Energy.ZERO);
                    var after = before.plus(event.energy());
                    totals.put(period, after);
                    amounts.put(
                            new Place(event.row().session(), event.row().position()),
                            plan.owed(after).subtract(plan.owed(before)));
                });
        return amounts;
    }

    /**
     * The remaining energy of each event after negative events have reduced the latest preceding ones and, for the
     * rest, the following ones.
     */
    private static List<Counted> counted(List<Row> rows) {
        var left = new ArrayList<BigDecimal>();
        var latest = new ArrayDeque<Integer>();
        var missing = BigDecimal.ZERO;
        for (int place = 0; place < rows.size(); place++) {
            var kwh = rows.get(place).kwh();
            left.add(kwh.max(BigDecimal.ZERO));
            missing = missing.add(kwh.negate().max(BigDecimal.ZERO));
            latest.push(place);
            while (missing.signum() > 0 && !latest.isEmpty()) {
                int from = latest.peek();
                var part = missing.min(left.get(from));
                left.set(from, left.get(from).subtract(part));
                missing = missing.subtract(part);
                if (left.get(from).signum() == 0) {
                    latest.pop();
                }
            }
        }
        var counted = new ArrayList<Counted>();
        for (int place = 0; place < rows.size(); place++) {
            counted.add(new Counted(rows.get(place), Energy.ofKilowattHours(left.get(place))));
        }
        return counted;
    }

    private static void checkDailySums(RandomDriver driver) {
        int wrong = FIXTURE.jdbc
                .sql("""
                    with fresh as (
                        select driver_id, utc_day(measured_at) as day, sum(counted_kwh) as kwh
                          from synced_transaction_events
                         where driver_id in (:drivers) and sealed_at is null
                         group by 1, 2),
                    kept as (select * from driver_energy_days where driver_id in (:drivers))
                    select count(*) from fresh full join kept using (driver_id, day)
                     where coalesce(fresh.kwh, 0) <> coalesce(kept.kwh, 0)
                    """)
                .param("drivers", driver.ids())
                .query((row, number) -> row.getInt(1))
                .single();
        assertThat(wrong).isZero();
    }
}
