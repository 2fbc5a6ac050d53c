package express.polaris.billing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.BillingFixture.Row;
import express.polaris.billing.InvoiceLine.Kind;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds for random drivers with several cards, concurrent sessions, corrections, rewrites and plan changes. */
class SessionCostsPropertiesTest {

    private static final BillingFixture FIXTURE = new BillingFixture();
    private static final Instant MIDDLE = Instant.parse("2026-03-31T22:00:00Z");
    private static final List<String> CHARGES = List.of(
            BillingFixture.standard("0.3111"),
            BillingFixture.graduated("20", "0.30", "0.173"),
            BillingFixture.charge("package", "{'amount':'1.5','package_size':7,'free_units':3}"),
            BillingFixture.charge(
                    "volume",
                    "{'volume_ranges':[{'from_value':0,'to_value':25,'per_unit_amount':'0.4','flat_amount':'1'},"
                            + "{'from_value':26,'to_value':null,'per_unit_amount':'0.2','flat_amount':'2'}]}"),
            "[]");

    /** Red means: what drivers read beside their sessions no longer adds up to the invoice. */
    @Property(tries = 16, shrinking = ShrinkingMode.OFF)
    void theSessionsOfAPeriodAddUpToItsCharge(@ForAll long seed) {
        var world = new World(new Random(seed));
        world.subscribe();
        world.charge();
        world.rewrite();

        world.check();
        world.rewrite();
        world.check();
    }

    /** Red means: invoices, and the prices beside the sessions, no longer add up to what the energy owes. */
    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void invoicesAndLateEnergyAddUpToTheChargeOfEachPeriod(@ForAll long seed) {
        var world = new World(new Random(seed));
        world.subscribe();
        world.charge();
        FIXTURE.clock.at(MIDDLE.plus(Duration.ofDays(2)).toString());
        FIXTURE.invoice();
        var first = world.invoices();
        world.checkTotals();
        world.charge();
        world.correct();
        world.checkTotals();
        FIXTURE.clock.at(MIDDLE.plus(Duration.ofDays(40)).toString());
        FIXTURE.invoice();
        var second = world.invoices();
        world.correct();
        FIXTURE.clock.at(MIDDLE.plus(Duration.ofDays(1_000)).toString());
        FIXTURE.invoice();

        world.checkTotals();
        world.checkInvoices();
        world.checkThatAllInvoicesTogetherAreTheCharge();
        assertThat(world.invoices()).containsAll(first).containsAll(second);
    }

    private static final class World {

        private final Random random;
        private final AccountId driver = FIXTURE.driver();
        private final AccountId other = FIXTURE.driver();
        private final Map<SessionId, List<Row>> sessions = new HashMap<>();

        World(Random random) {
            this.random = random;
        }

        void subscribe() {
            var zone = ZoneId.of(pick(List.of("Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "UTC")));
            var start = MIDDLE.minus(Duration.ofDays(20 + random.nextInt(random.nextInt(4) == 0 ? 400 : 40)));
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                var end = Optional.of(
                        count == 1
                                ? MIDDLE.plus(Duration.ofDays(45))
                                : MIDDLE.plus(Duration.ofMinutes((count == 3 ? -10_000 : 0) + random.nextInt(9_000))));
                var plan = FIXTURE.plan(pick(List.of("weekly", "monthly", "quarterly", "yearly")), pick(CHARGES));
                FIXTURE.subscribe(driver, plan, start, end, pick(List.of("calendar", "anniversary")), zone);
                start = end.orElse(start);
            }
        }

        void charge() {
            for (int count = 1 + random.nextInt(6); count > 0; count--) {
                var start = MIDDLE.plus(Duration.ofMinutes(random.nextInt(30_000) - 15_000));
                var id = FIXTURE.session(Optional.of(driver), start, true);
                sessions.put(id, events(id, start));
                FIXTURE.write(sessions.getOrDefault(id, List.of()));
            }
        }

        private List<Row> events(SessionId id, Instant start) {
            var rows = new ArrayList<Row>();
            var at = start;
            int count = 1 + random.nextInt(12);
            for (int position = 0; position < count; position++) {
                at = at.plus(step());
                boolean closing = position == count - 1 && count > 1;
                boolean correction = closing && random.nextInt(3) == 0;
                rows.add(new Row(id, position, at, correction ? kwh().negate() : kwh(), List.of(), closing));
            }
            return rows;
        }

        private Duration step() {
            return random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofMinutes(15L * (1 + random.nextInt(90)));
        }

        private BigDecimal kwh() {
            return switch (random.nextInt(4)) {
                case 0 -> BigDecimal.ZERO;
                case 1 -> BigDecimal.valueOf(1 + random.nextInt(12));
                default -> BigDecimal.valueOf(random.nextInt(9_000_000), 6);
            };
        }

        /** As after a revised stop: rows are different or gone, and a session had another owner for a while. */
        void rewrite() {
            for (var id : List.copyOf(sessions.keySet())) {
                var rows = new ArrayList<>(sessions.getOrDefault(id, List.of()));
                if (random.nextInt(2) == 0) {
                    int place = random.nextInt(rows.size());
                    var row = rows.get(place);
                    rows.set(place, new Row(id, place, row.measuredAt(), kwh(), List.of(), row.isFinal()));
                    FIXTURE.write(List.of(rows.get(place)));
                }
                if (random.nextInt(4) == 0 && rows.size() > 1) {
                    rows.removeLast();
                    FIXTURE.jdbc
                            .sql("delete from synced_transaction_events where steve_transaction_id = ? and position"
                                    + " >= ?")
                            .param(id.value())
                            .param(rows.size())
                            .update();
                }
                sessions.put(id, rows);
                if (random.nextInt(3) == 0) {
                    owner(id, other);
                    owner(id, driver);
                }
            }
        }

        /** As after a revised stop of an invoiced session: one more event, behind those that an invoice has. */
        void correct() {
            for (var id : List.copyOf(sessions.keySet())) {
                if (random.nextInt(2) == 0) {
                    var rows = new ArrayList<>(sessions.getOrDefault(id, List.of()));
                    var kwh = random.nextInt(3) == 0 ? kwh() : kwh().negate();
                    var at = rows.getLast().measuredAt();
                    var row = new Row(id, rows.size(), at, kwh, List.of("correction"), true);
                    rows.add(row);
                    sessions.put(id, rows);
                    FIXTURE.write(List.of(row));
                }
            }
        }

        List<Invoice> invoices() {
            return FIXTURE.get(Invoices.class).pageWithLines(Optional.of(driver), Optional.empty(), 1_000);
        }

        private void owner(SessionId id, AccountId owner) {
            FIXTURE.jdbc
                    .sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                    .param(owner.value())
                    .param(id.value())
                    .update();
        }

        void check() {
            var subscriptions = FIXTURE.get(SubscriptionRepository.class).of(driver);
            var totals = new HashMap<SubscriptionPeriod, Energy>();
            var expected = expected(subscriptions, totals);
            var actual = new HashMap<Place, Money>();
            var perPeriod = new HashMap<SubscriptionPeriod, BigDecimal>();
            for (var id : sessions.keySet()) {
                var session = FIXTURE.find(id);
                FIXTURE.get(SessionCosts.class)
                        .ofEvents(session)
                        .forEach((position, money) -> actual.put(new Place(id, position), money));
                var cost = FIXTURE.get(SessionCosts.class).of(session);
                assertThat(FIXTURE.get(SessionCosts.class).of(session)).isEqualTo(cost);
                for (var line : cost.lines()) {
                    var period = totals.keySet().stream()
                            .filter(known -> known.inForce().equals(line.period()))
                            .collect(Collectors.toList());
                    assertThat(period).hasSize(1);
                    perPeriod.merge(period.getFirst(), line.amount(), BigDecimal::add);
                }
            }
            expected.forEach((place, amount) -> assertThat(actual.get(place))
                    .as("%s of %s", place, sessions)
                    .satisfies(money -> assertThat(money.amount()).isEqualByComparingTo(amount)));
            totals.forEach((period, total) -> assertThat(perPeriod.getOrDefault(period, BigDecimal.ZERO))
                    .as("%s", period)
                    .isEqualByComparingTo(period.subscription().plan().models().stream()
                            .map(model -> model.rate(total))
                            .reduce(BigDecimal.ZERO, BigDecimal::add)));
            checkDailySums();
        }

        /** However events rank: what a period's sessions cost is what the sum of its energy owes. */
        void checkTotals() {
            var totals = new HashMap<SubscriptionPeriod, Energy>();
            expected(FIXTURE.get(SubscriptionRepository.class).of(driver), totals);
            var perPeriod = new HashMap<Interval, BigDecimal>();
            for (var id : sessions.keySet()) {
                FIXTURE.cost(id)
                        .lines()
                        .forEach(line -> perPeriod.merge(line.period(), line.amount(), BigDecimal::add));
            }
            totals.forEach((period, total) -> assertThat(perPeriod.getOrDefault(period.inForce(), BigDecimal.ZERO))
                    .as("%s of %s", period, sessions)
                    .isEqualByComparingTo(period.subscription().plan().owed(total)));
        }

        void checkInvoices() {
            var invoices = FIXTURE.get(Invoices.class);
            for (var page : invoices.page(Optional.of(driver), Optional.empty(), 1_000)) {
                var invoice = invoices.find(page.number(), driver).orElseThrow();
                assertThat(sum(invoice, List.of(Kind.SESSION, Kind.OTHER_SESSIONS, Kind.ROUNDING)))
                        .isEqualByComparingTo(sum(invoice, List.of(Kind.ENERGY)));
                assertThat(invoice.net())
                        .isEqualByComparingTo(
                                sum(invoice, List.of(Kind.FEE, Kind.ENERGY, Kind.ADJUSTMENT, Kind.CREDIT)));
                for (var line : invoice.lines()) {
                    assertThat(line.kind() == Kind.SESSION
                                    && invoices.ofSessions(sessions.keySet())
                                            .getOrDefault(line.session().orElseThrow(), List.of())
                                            .isEmpty())
                            .isFalse();
                }
            }
        }

        /** Every period that has energy is over by now. */
        void checkThatAllInvoicesTogetherAreTheCharge() {
            var totals = new HashMap<SubscriptionPeriod, Energy>();
            expected(FIXTURE.get(SubscriptionRepository.class).of(driver), totals);
            var charge = BigDecimal.ZERO;
            for (var total : totals.entrySet()) {
                var owed = total.getKey().subscription().plan().owed(total.getValue());
                charge =
                        charge.add(new Money(owed, BillingFixture.EUR).rounded().amount());
            }
            var invoiced = invoices().stream()
                    .map(invoice -> sum(invoice, List.of(Kind.ENERGY, Kind.ADJUSTMENT)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(invoiced).as("%s", sessions).isEqualByComparingTo(charge);
        }

        private static BigDecimal sum(Invoice invoice, List<Kind> kinds) {
            return invoice.lines().stream()
                    .filter(line -> kinds.contains(line.kind()))
                    .map(InvoiceLine::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private record Place(SessionId session, int position) {}

        private record Located(Row row, Instant billedAt) {}

        /** Computed here, apart from the module: one pass over all events in order. */
        private Map<Place, BigDecimal> expected(
                List<Subscription> subscriptions, Map<SubscriptionPeriod, Energy> totals) {
            var located = new ArrayList<Located>();
            for (var rows : sessions.values()) {
                Optional<Instant> lastEnergy = Optional.empty();
                for (var row : rows) {
                    boolean correction = row.kwh().signum() < 0 || !row.flags().isEmpty();
                    located.add(new Located(row, correction ? lastEnergy.orElse(row.measuredAt()) : row.measuredAt()));
                    if (row.kwh().signum() > 0 && !correction) {
                        lastEnergy = Optional.of(row.measuredAt());
                    }
                }
            }
            located.sort(Comparator.comparing((Located event) -> event.row().measuredAt())
                    .thenComparing(event -> event.row().session())
                    .thenComparing(event -> event.row().position()));
            var amounts = new HashMap<Place, BigDecimal>();
            for (var event : located) {
                var justBefore = event.billedAt().minusNanos(1);
                var subscription = subscriptions.stream()
                        .filter(candidate -> !justBefore.isBefore(candidate.startedAt())
                                && candidate
                                        .endedAt()
                                        .filter(end -> !justBefore.isBefore(end))
                                        .isEmpty())
                        .findFirst()
                        .orElseThrow();
                var period = subscription.periodAt(justBefore);
                var before = totals.getOrDefault(period, Energy.ZERO);
                var after = before.plus(Energy.ofKilowattHours(event.row().kwh()));
                totals.put(period, after);
                amounts.put(
                        new Place(event.row().session(), event.row().position()),
                        subscription.plan().models().stream()
                                .map(model -> model.rate(after).subtract(model.rate(before)))
                                .reduce(BigDecimal.ZERO, BigDecimal::add));
            }
            return amounts;
        }

        private void checkDailySums() {
            int wrong = FIXTURE.jdbc
                    .sql("""
                        with fresh as (
                            select driver_id, utc_day(measured_at) as day, sum(kwh_delta) as kwh
                              from synced_transaction_events
                             where driver_id in (:drivers) and sealed_at is null and billed_at = measured_at
                             group by 1, 2),
                        kept as (select * from driver_energy_days where driver_id in (:drivers))
                        select count(*) from fresh full join kept using (driver_id, day)
                         where coalesce(fresh.kwh, 0) <> coalesce(kept.kwh, 0)
                        """)
                    .param("drivers", List.of(driver.value(), other.value()))
                    .query((row, number) -> row.getInt(1))
                    .single();
            assertThat(wrong).isZero();
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
