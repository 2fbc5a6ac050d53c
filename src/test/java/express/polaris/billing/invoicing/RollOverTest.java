package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Included energy that rolls over: 50 kWh a month, then 0.40 a kWh. The clock is at 15 June 2026. */
class RollOverTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();
    private final SubscriptionId subscription = subscribe();

    private SubscriptionId subscribe() {
        var plan = fixture.plan(
                "monthly",
                BillingFixture.charge("standard", "{'amount':'0.40','included_kwh':'50','included_roll_over':true}"));
        return fixture.subscribe(
                anna, plan, Instant.parse("2026-03-31T22:00:00Z"), Optional.empty(), "calendar", BillingFixture.BERLIN);
    }

    @Test
    void whatAMonthLeavesIsAddedToTheNextOnes() {
        fixture.charged(anna, new Event("2026-04-10T10:00:00Z", "30")); // leaves 20
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "60")); // leaves 50+20−60 = 10
        var june = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "62"));

        assertThat(rolledOver("2026-04-15")).isEqualTo(kwh("0"));
        assertThat(rolledOver("2026-05-15")).isEqualTo(kwh("20"));
        assertThat(rolledOver("2026-06-15")).isEqualTo(kwh("10"));
        assertThat(cost(june)).isEqualByComparingTo("0.80"); // (62−60)×0.40
        assertThat(usage().amount().orElseThrow().amount()).isEqualByComparingTo("0.80");
        assertThat(net()).isEqualByComparingTo("0.80");

        fixture.invoice();
        assertThat(cost(june)).isEqualByComparingTo("0.80");
        fixture.clock.at("2026-07-02T12:00:00Z");
        assertThat(rolledOver("2026-07-02")).isEqualTo(kwh("0"));
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo("0.80");
    }

    @Test
    void whatDoesNotRollOverIsLost() {
        var ben = fixture.driver();
        var plan = fixture.plan("monthly", BillingFixture.charge("standard", "{'amount':'0.40','included_kwh':'50'}"));
        fixture.subscribe(
                ben, plan, Instant.parse("2026-04-30T22:00:00Z"), Optional.empty(), "calendar", BillingFixture.BERLIN);

        assertThat(cost(fixture.charged(ben, new Event("2026-06-10T10:00:00Z", "52"))))
                .isEqualByComparingTo("0.80"); // 2×0.40
    }

    @Test
    void energyThatArrivesLateLeavesLess() {
        var june = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "150"));
        fixture.invoice();
        assertThat(cost(june)).isEqualByComparingTo("0"); // 3×50

        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "10"));

        assertThat(rolledOver("2026-06-15")).isEqualTo(kwh("90")); // 2×50−10
        assertThat(cost(june)).isEqualByComparingTo("4.00"); // (150−140)×0.40
        var said = net();
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo(said).isEqualByComparingTo("4.00");
    }

    /** Fails if a correction of an invoiced month changes the price of the month after it, once that is invoiced, too. */
    @Test
    void anInvoiceFixesWhatRolledOverIntoItsMonth() {
        var may = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "110"));
        var april = fixture.charged(anna, new Event("2026-04-10T10:00:00Z", "20"));
        fixture.invoice();
        assertThat(cost(may)).isEqualByComparingTo("12.00"); // (110−50−30)×0.40

        fixture.charged(anna, new Event("2026-04-11T10:00:00Z", "15"));
        fixture.write(april, 1, new Event("2026-04-10T11:00:00Z", "-12", "correction"), true);

        assertThat(rolledOver("2026-05-15")).isEqualTo(kwh("30"));
        assertThat(rolledOver("2026-06-15")).isEqualTo(kwh("0"));
        assertThat(cost(may)).isEqualByComparingTo("12.00");
        assertThat(net()).isEqualByComparingTo("0");
    }

    @Test
    void pricesOfTheNextMonthCountWhatIsLeftSoFar() {
        fixture.clock.at("2026-06-30T12:00:00Z");
        fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "149"));

        assertThat(rolledOver("2026-07-15")).isEqualTo(kwh("1")); // 3×50−149
    }

    private Energy rolledOver(String day) {
        return fixture.get(SubscriptionRepository.class)
                .find(subscription)
                .orElseThrow()
                .periodAt(Instant.parse(day + "T12:00:00Z"))
                .rolledOver();
    }

    private static Energy kwh(String kwh) {
        return Energy.ofKilowattHours(kwh);
    }

    private BigDecimal cost(SessionId session) {
        return fixture.cost(session).amount().orElseThrow().amount();
    }

    private PeriodUsage usage() {
        return fixture.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, BillingFixture.BERLIN);
    }

    private BigDecimal net() {
        return fixture.get(NextInvoiceService.class)
                .of(anna, usage())
                .flatMap(NextInvoice::net)
                .orElseThrow()
                .amount();
    }

    private Invoice latest() {
        var invoices = fixture.get(InvoiceService.class);
        var number =
                invoices.page(Optional.of(anna), Optional.empty(), 1).getFirst().number();
        return invoices.find(number, anna).orElseThrow();
    }
}
