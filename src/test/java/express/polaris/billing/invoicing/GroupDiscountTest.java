package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.groups.OperatorGroups.WantedGroup;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Discounts of drivers' groups on invoices, on adjustments of earlier periods, and in the forecast. */
class GroupDiscountTest {

    private static final BillingFixture FIXTURE = new BillingFixture();
    private static final String MAY = "2026-05-01T00:00:00+02:00";

    private final AccountId operator = FIXTURE.driver();
    private final AccountId anna = FIXTURE.driver();

    @Test
    void theDiscountIsOnEnergyAndNotOnTheFee() {
        FIXTURE.clock.at("2026-06-15T12:00:00Z");
        subscribed();
        member("10", MAY, "");
        FIXTURE.charged(anna, new Event("2026-05-20T10:00:00Z", "12"));
        FIXTURE.invoice();

        var invoice = invoices().getFirst();
        // 10 × 0.30 + 2 × 0.20 = 3.40, 10 % of it 0.34; 10.00 + 3.40 − 0.34 = 13.06
        assertThat(amounts(invoice, Kind.DISCOUNT)).containsExactly(new BigDecimal("-0.34"));
        assertThat(invoice.net()).isEqualByComparingTo("13.06");
        assertThat(invoice.lines())
                .filteredOn(line -> line.kind() == Kind.DISCOUNT)
                .singleElement()
                .satisfies(line -> assertThat(line.subject().text()).isEqualTo("Fleet, 10 % discount"));
    }

    @Test
    void whoLeavesTheGroupBeforeThePeriodEndsHasNoDiscount() {
        FIXTURE.clock.at("2026-06-15T12:00:00Z");
        subscribed();
        member("10", MAY, "2026-05-31T23:59:59+02:00");
        FIXTURE.charged(anna, new Event("2026-05-20T10:00:00Z", "12"));
        FIXTURE.invoice();

        assertThat(invoices().getFirst().net()).isEqualByComparingTo("13.40");
    }

    /** Fails if what arrives late is discounted by today's percentage instead of that of the period's invoice. */
    @Test
    void lateEnergyIsDiscountedAsItsPeriodWas() {
        FIXTURE.clock.at("2026-06-15T12:00:00Z");
        subscribed();
        var code = member("15", MAY, "");
        FIXTURE.charged(anna, new Event("2026-05-20T10:00:00Z", "1.1"));
        FIXTURE.invoice();
        save(code, "50");
        FIXTURE.charged(anna, new Event("2026-05-21T10:00:00Z", "1.1"));
        FIXTURE.clock.at("2026-07-02T12:00:00Z");
        FIXTURE.invoice();

        var both = invoices();
        // 1.1 × 0.30 = 0.33, 15 % 0.0495 → 0.05
        assertThat(amounts(both.getLast(), Kind.DISCOUNT)).containsExactly(new BigDecimal("-0.05"));
        // 2.2 × 0.30 = 0.66, 15 % 0.099 → 0.10; 0.10 − 0.05 = 0.05
        assertThat(amounts(both.getFirst(), Kind.ADJUSTMENT)).containsExactly(new BigDecimal("0.33"));
        assertThat(amounts(both.getFirst(), Kind.DISCOUNT)).containsExactly(new BigDecimal("-0.05"));
    }

    @Test
    void energyTakenBackGivesBackExactlyWhatWasCharged() {
        FIXTURE.clock.at("2026-06-15T12:00:00Z");
        subscribed();
        member("12.5", MAY, "");
        var session = FIXTURE.charged(anna, new Event("2026-05-20T10:00:00Z", "7.77"));
        FIXTURE.invoice();
        FIXTURE.write(session, 1, new Event("2026-05-20T10:00:00Z", "-7.77", "correction"), true);
        FIXTURE.clock.at("2026-07-02T12:00:00Z");
        FIXTURE.invoice();

        var both = invoices();
        // 7.77 × 0.30 = 2.331 → 2.33, 12.5 % 0.29125 → 0.29
        assertThat(both.getLast().net()).isEqualByComparingTo("12.04"); // 10.00 + 2.33 − 0.29
        assertThat(both.getFirst().net()).isEqualByComparingTo("7.96"); // 10.00 − 2.33 + 0.29
    }

    @Test
    void theForecastEqualsTheFollowingInvoice() {
        FIXTURE.clock.at("2026-06-15T12:00:00Z");
        subscribed();
        member("7.25", MAY, "");
        FIXTURE.charged(anna, new Event("2026-05-20T10:00:00Z", "9"));
        FIXTURE.invoice();
        FIXTURE.charged(anna, new Event("2026-05-21T10:00:00Z", "2.345"));
        FIXTURE.charged(anna, new Event("2026-06-02T10:00:00Z", "11.007"));
        var usage = FIXTURE.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, BillingFixture.BERLIN);
        var said = FIXTURE.get(NextInvoiceService.class)
                .of(anna, usage)
                .orElseThrow()
                .net()
                .orElseThrow();

        FIXTURE.clock.at("2026-07-02T12:00:00Z");
        FIXTURE.invoice();
        // 10 + 3.20 − 0.23 (June); May: 2.70 − 0.20 then 3.27 − 0.24, so 0.57 − 0.04
        assertThat(said.amount()).isEqualByComparingTo("13.50");
        assertThat(invoices().getFirst().net()).isEqualByComparingTo(said.amount());
    }

    /** Fails if a driver pays anything but each period's rounded price less the rounded discount on it. */
    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void allInvoicesOfAPeriodGiveThePercentageOfWhatTheyCharge(@ForAll long seed) {
        var driver = new RandomDriver(FIXTURE, seed);
        var percent = BigDecimal.valueOf(1 + new Random(seed).nextInt(10_000), 2);
        var code = "g" + driver.id();
        save(code, percent.toPlainString());
        groups().add(operator, code, driver.id(), "2020-01-01T00:00:00Z", "");
        driver.subscribe();
        driver.charge();
        invoiceAfter(2);
        driver.charge();
        driver.correct();
        invoiceAfter(60); // all periods are over
        save(code, "1");
        driver.correct();
        invoiceAfter(1_000);

        var periods = new HashMap<Object, BigDecimal>();
        for (var id : driver.sessions().keySet()) {
            FIXTURE.cost(id).lines().forEach(line -> periods.merge(line.period(), line.amount(), BigDecimal::add));
        }
        var owed = BigDecimal.ZERO;
        for (var exact : periods.values()) {
            var charged = rounded(exact);
            owed = owed.add(charged).subtract(rounded(charged.multiply(percent).movePointLeft(2)));
        }
        var paid = driver.invoices().stream()
                .flatMap(invoice -> invoice.lines().stream())
                .filter(line ->
                        List.of(Kind.ENERGY, Kind.ADJUSTMENT, Kind.DISCOUNT).contains(line.kind()))
                .map(InvoiceLine::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(paid).as("%s %% of %s", percent, periods).isEqualByComparingTo(owed);
    }

    private static void invoiceAfter(int days) {
        FIXTURE.clock.at(RandomDriver.MIDDLE.plus(Duration.ofDays(days)).toString());
        FIXTURE.invoice();
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return new Money(amount, BillingFixture.EUR).rounded().amount();
    }

    private static OperatorGroups groups() {
        return FIXTURE.get(OperatorGroups.class);
    }

    private void save(String code, String percent) {
        groups().save(operator, new WantedGroup(code, "Fleet", percent, ""), false);
    }

    private String member(String percent, String from, String until) {
        var code = "g" + anna;
        save(code, percent);
        groups().add(operator, code, anna, from, until);
        return code;
    }

    private void subscribed() {
        FIXTURE.subscribe(anna, FIXTURE.tiered(false), "2026-04-30T22:00:00Z", Optional.empty());
    }

    private List<Invoice> invoices() {
        return FIXTURE.get(InvoiceService.class).pageWithLines(Optional.of(anna), Optional.empty(), 10);
    }

    private static List<BigDecimal> amounts(Invoice invoice, Kind kind) {
        return invoice.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(InvoiceLine::amount)
                .toList();
    }
}
