package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Forecast of the next invoice; the clock is at 15 June 2026. */
class NextInvoiceServiceTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @Test
    void theFeeOfAPartialFirstPeriodIsProratedByDays() {
        subscribed(false, "2026-06-06T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "4"));

        assertThat(next().fee().amount()).isEqualByComparingTo("8.33"); // 10 × 25 / 30 days
        assertThat(net()).isEqualByComparingTo("9.53"); // 8.33 + 4 × 0.30
    }

    @Test
    void theFeeOfASubscriptionThatEndsWithinThePeriodIsProrated() {
        var id = subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.invoice();
        fixture.get(SubscriptionService.class).terminate(id, "2026-06-22T00:00:00+02:00");

        assertThat(net()).isEqualByComparingTo("7.00"); // 10 × 21 / 30 days
    }

    /** Fails if the dashboard's forecast differs from the invoice that follows. */
    @Test
    void theForecastEqualsTheFollowingInvoice() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-05-20T10:00:00Z", "9"));
        fixture.invoice();
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "2"));
        fixture.charged(anna, new Event("2026-05-11T10:00:00Z", "0.013"), new Event("2026-05-11T11:00:00Z", "0.013"));
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "11.007"));
        fixture.get(CreditService.class).grant(anna, "1.50", "Broken cable", Optional.empty(), anna);

        var said = net();

        // 10 fee + 10 × 0.30 + 1.007 × 0.20 = 13.20; late: 1 × 0.30 + 1.026 × 0.20 = 0.51; credit 1.50
        assertThat(said).isEqualByComparingTo("12.21");
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo(said);
    }

    @Test
    void anAdvanceFeeIsThatOfTheNextPeriod() {
        subscribed(true, "2026-05-22T15:00:00+02:00");
        fixture.invoice();
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "4"));

        assertThat(net()).isEqualByComparingTo("11.20"); // July in advance, 4 × 0.30
    }

    @Test
    void pendingItemsBelongToThePreviousPeriodsInvoiceUntilItIsDrawnUp() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.get(CreditService.class).grant(anna, "1.50", "Broken cable", Optional.empty(), anna);

        assertThat(net()).isEqualByComparingTo("10.00");
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo("8.50"); // May: 10 − 1.50
        assertThat(net()).isEqualByComparingTo("10.00");
    }

    @Test
    void aDriverWithoutASubscriptionHasNoForecast() {
        fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "4"));

        assertThat(fixture.get(NextInvoiceService.class).of(anna, usage())).isEmpty();
    }

    @Test
    void theForecastIsTheFeeWhenTheEnergyHasNoPrice() {
        subscribed(false, "2026-06-01T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "4"));
        var open = fixture.session(
                Optional.of(anna), OffsetDateTime.parse("2026-06-02T09:00:00Z").toInstant(), false);
        fixture.write(open, 0, new Event("2026-06-02T10:00:00Z", "90", "implausible"), false);

        assertThat(next().net()).isEmpty();
        assertThat(next().fee().amount()).isEqualByComparingTo("10");
    }

    private SubscriptionId subscribed(boolean payInAdvance, String from) {
        var plan = fixture.plan("monthly", BillingFixture.graduated("10", "0.30", "0.20"), "10", payInAdvance);
        return fixture.subscribe(
                anna,
                plan,
                OffsetDateTime.parse(from).toInstant(),
                Optional.empty(),
                "calendar",
                BillingFixture.BERLIN);
    }

    private PeriodUsage usage() {
        return fixture.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, BillingFixture.BERLIN);
    }

    private NextInvoice next() {
        return fixture.get(NextInvoiceService.class).of(anna, usage()).orElseThrow();
    }

    private BigDecimal net() {
        return next().net().orElseThrow().amount();
    }

    private Invoice latest() {
        var invoices = fixture.get(InvoiceService.class);
        var number =
                invoices.page(Optional.of(anna), Optional.empty(), 1).getFirst().number();
        return invoices.find(number, anna).orElseThrow();
    }
}
