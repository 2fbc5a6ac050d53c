package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.RandomDriver;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.sessions.SessionId;
import express.polaris.testing.TestIssuer;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Properties of billing for random drivers, whatever is corrected, disputed and decided before and after invoices, one of
 * which is cancelled and replaced later.
 */
class InvoicedEnergyPropertiesTest {

    private static final BillingFixture FIXTURE = new BillingFixture();

    static {
        FIXTURE.tariffs();
        FIXTURE.driver();
        TestIssuer.save(FIXTURE.jdbc);
    }

    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** Fails if a driver pays anything but the price of the remaining energy at the sealed prices. */
    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void theFinalSumOfAllInvoicesIsThePriceOfTheRemainingEnergy(@ForAll long seed) {
        check(new RandomDriver(FIXTURE, seed));
    }

    /** The same with time bands, places, market prices, and fees per session and minute. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void theSameHoldsForPricesByTimeAndPlaceAndForFees(@ForAll long seed) {
        check(RandomDriver.timed(FIXTURE, seed));
    }

    /** The same with market prices, some of which are negative, and some known only after their invoice was due. */
    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void theSameHoldsForMarketPricesThatComeLate(@ForAll long seed) {
        FIXTURE.clock.set(RandomDriver.MIDDLE);
        var driver = RandomDriver.market(FIXTURE, seed);
        driver.subscribe();
        driver.charge();
        invoiceAfter(2);
        checkUnknown(driver);
        driver.fillGaps();
        checkFromFirstInvoice(driver);
    }

    /** Fails if a session lacks a price for another reason than a market price. */
    private static void checkUnknown(RandomDriver driver) {
        for (var id : driver.sessions().keySet()) {
            if (FIXTURE.cost(id).coverage() == Coverage.UNKNOWN) {
                assertThat(FIXTURE.get(PriceGaps.class).of(FIXTURE.find(id)))
                        .hasAtLeastOneElementOfType(PriceGap.MarketPriceMissing.class);
            }
        }
    }

    private static void check(RandomDriver driver) {
        driver.subscribe();
        driver.charge();
        checkFromFirstInvoice(driver);
    }

    private static void checkFromFirstInvoice(RandomDriver driver) {
        invoiceAfter(3);
        var first = written(driver);
        checkEstimates(driver);
        driver.charge();
        driver.correct();
        driver.dispute();
        checkEstimates(driver);
        invoiceAfter(40);
        var second = written(driver);
        checkEstimates(driver);
        var cancelled = driver.cancel();
        driver.correct();
        driver.dispute();
        checkEstimates(driver);
        invoiceAfter(80);
        cancelled.ifPresent(driver::replace);
        driver.decide();
        invoiceAfter(1_000);

        checkSessions(driver, true);
        checkInvoices(driver);
        checkWhatIsPaid(driver);
        assertThat(written(driver)).containsAllEntriesOf(first).containsAllEntriesOf(second);
    }

    private static Map<String, List<InvoiceLine>> written(RandomDriver driver) {
        return driver.invoices().stream().collect(Collectors.toMap(Invoice::number, Invoice::lines));
    }

    private static void invoiceAfter(int days) {
        FIXTURE.clock.at(RandomDriver.MIDDLE.plus(Duration.ofDays(days)).toString());
        FIXTURE.invoice();
    }

    /** The usage of the year is the sum of its sessions in energy and money, without disputed sessions. */
    private static void checkEstimates(RandomDriver driver) {
        checkSessions(driver, false);
        var amount = BigDecimal.ZERO;
        var energy = Energy.ZERO;
        for (var id : driver.sessions().keySet()) {
            for (var line : FIXTURE.cost(id).lines()) {
                amount = amount.add(line.amount());
                energy = energy.plus(line.energy());
            }
        }
        var usage = FIXTURE.get(UsageService.class).of(driver.id(), PeriodUsage.Span.YEAR, BillingFixture.BERLIN);
        assertThat(usage.energy()).as("%s", driver.sessions()).isEqualTo(energy);
        assertThat(usage.amount().orElseThrow().amount())
                .as("%s", driver.sessions())
                .isEqualByComparingTo(amount);
        assertThat(usage.tiers().stream().map(TierUsage::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("%s", driver.sessions())
                .isEqualByComparingTo(amount.subtract(fees(usage)));
    }

    private static BigDecimal fees(PeriodUsage usage) {
        return usage.fees().stream().map(FeeLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A session is priced by exactly its energy; a disputed session only by its invoiced energy. */
    private static void checkSessions(RandomDriver driver, boolean settled) {
        for (var id : driver.sessions().keySet()) {
            var cost = FIXTURE.cost(id);
            if (driver.isDisputed(id)) {
                assertThat(cost.coverage()).isEqualTo(Coverage.UNKNOWN);
            } else {
                assertThat(cost.lines().stream().map(CostLine::energy).reduce(Energy.ZERO, Energy::plus))
                        .as("session %s of %s", id, driver.sessions())
                        .isEqualTo(driver.energy(id));
                assertThat(settled && cost.estimate()).isFalse();
            }
        }
    }

    private static void checkInvoices(RandomDriver driver) {
        var invoices = FIXTURE.get(InvoiceService.class);
        var known = invoices.ofSessions(driver.sessions().keySet());
        for (var invoice : driver.invoices()) {
            assertThat(sum(invoice, List.of(Kind.SESSION, Kind.OTHER_SESSIONS, Kind.ROUNDING)))
                    .isEqualByComparingTo(sum(invoice, List.of(Kind.ENERGY, Kind.USAGE)));
            assertThat(invoice.net())
                    .isEqualByComparingTo(
                            sum(invoice, List.of(Kind.FEE, Kind.ENERGY, Kind.USAGE, Kind.ADJUSTMENT, Kind.CREDIT)));
            assertThat(invoice.lines())
                    .allSatisfy(line -> line.session()
                            .ifPresent(session -> assertThat(known.get(session)).contains(invoice.number())));
        }
    }

    /** Checks payments by period to the cent, and by session within the rounding of its lines. */
    private static void checkWhatIsPaid(RandomDriver driver) {
        var paid = new HashMap<SessionId, BigDecimal>();
        var lines = new HashMap<SessionId, Integer>();
        var all = BigDecimal.ZERO;
        for (var invoice : driver.invoices()) {
            all = all.add(sum(invoice, List.of(Kind.ENERGY, Kind.USAGE, Kind.ADJUSTMENT)));
            for (var line : invoice.lines()) {
                line.session().ifPresent(session -> {
                    paid.merge(session, line.amount(), BigDecimal::add);
                    lines.merge(session, 1, Integer::sum);
                });
            }
        }
        Map<Interval, BigDecimal> periods = new HashMap<>();
        for (var id : driver.sessions().keySet()) {
            var cost = FIXTURE.cost(id);
            cost.lines().forEach(line -> periods.merge(line.period(), line.amount(), BigDecimal::add));
            var difference = cost.amount()
                    .orElseThrow()
                    .amount()
                    .subtract(paid.getOrDefault(id, BigDecimal.ZERO))
                    .abs();
            assertThat(difference)
                    .as("session %s of %s", id, driver.sessions())
                    .isLessThanOrEqualTo(CENT.multiply(BigDecimal.valueOf(1 + 2 * lines.getOrDefault(id, 0))));
        }
        var owed = periods.values().stream()
                .map(amount -> new Money(amount, BillingFixture.EUR).rounded().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(all).as("%s", driver.sessions()).isEqualByComparingTo(owed);
    }

    private static BigDecimal sum(Invoice invoice, List<Kind> kinds) {
        return invoice.lines().stream()
                .filter(line -> kinds.contains(line.kind()))
                .map(InvoiceLine::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
