package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageServiceTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @Test
    void usageOfTheCurrentPeriodIsSplitByTier() {
        subscribed("2026-01-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "8"), new Event("2026-06-02T22:00:00Z", "3"));
        fixture.charged(anna, new Event("2026-06-03T10:00:00Z", "1"));

        var usage = usage(PeriodUsage.Span.CURRENT);

        assertThat(usage.period().from()).isEqualTo("2026-05-31T22:00:00Z");
        assertThat(usage.period().to()).isEqualTo("2026-06-30T22:00:00Z");
        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("12"));
        assertThat(usage.amount().orElseThrow().amount()).isEqualByComparingTo("3.40"); // 10 × 0.30 + 2 × 0.20
        assertThat(usage.tiers())
                .extracting(TierUsage::energy)
                .containsExactly(Energy.ofKilowattHours("10"), Energy.ofKilowattHours("2"));
        assertThat(usage.tiers()).extracting(TierUsage::isCurrent).containsExactly(false, true);
        assertThat(usage.leftInTier()).isEmpty();
        assertThat(usage.days()).hasSize(15);
        assertThat(usage.days().get(1).date()).isEqualTo(LocalDate.of(2026, 6, 2));
        assertThat(cost(usage, 1)).isEqualByComparingTo("3.20"); // 10 × 0.30 + 1 × 0.20, with the reading at midnight
        assertThat(cost(usage, 2)).isEqualByComparingTo("0.20");
        assertThat(cost(usage, 3)).isEqualByComparingTo("0");
    }

    @Test
    void theEnergyLeftInTheTierIsReported() {
        subscribed("2026-01-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "8"));

        assertThat(usage(PeriodUsage.Span.CURRENT).leftInTier()).contains(Energy.ofKilowattHours("2"));
    }

    @Test
    void thePreviousPeriodEndsAtTheStartOfTheCurrentOne() {
        subscribed("2026-01-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-05-31T22:00:00Z", "4"), new Event("2026-05-31T22:00:01Z", "1"));

        var usage = usage(PeriodUsage.Span.PREVIOUS);

        assertThat(usage.period().to()).isEqualTo("2026-05-31T22:00:00Z");
        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("4"));
        assertThat(usage.days()).hasSize(31);
    }

    @Test
    void theCostOfTheCalendarMonthIsUnknownWithoutASubscription() {
        assertThat(usage(PeriodUsage.Span.CURRENT).coverage()).isEqualTo(Coverage.UNKNOWN);
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "8"));

        var usage = usage(PeriodUsage.Span.CURRENT);

        assertThat(usage.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(usage.amount()).isEmpty();
        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("8"));
        assertThat(usage.days().get(1).cost()).isEmpty();
    }

    @Test
    void theYearAddsUpItsPeriodsAndIsUnknownWithUncoveredEnergy() {
        subscribed("2026-03-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-03-10T10:00:00Z", "11"));
        fixture.charged(anna, new Event("2026-04-10T10:00:00Z", "11"));

        assertThat(usage(PeriodUsage.Span.YEAR).amount().orElseThrow().amount())
                .isEqualByComparingTo("6.40"); // 2 × (10 × 0.30 + 1 × 0.20)

        fixture.charged(anna, new Event("2026-02-10T10:00:00Z", "5"));
        var usage = usage(PeriodUsage.Span.YEAR);
        assertThat(usage.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("27"));
    }

    @Test
    void implausibleEnergyMakesTheCostOfThePeriodUnknown() {
        subscribed("2026-01-01T00:00:00Z");
        var open = fixture.session(Optional.of(anna), Instant.parse("2026-06-02T09:00:00Z"), false);
        fixture.write(open, 0, new Event("2026-06-02T10:00:00Z", "90", "implausible"), false);

        assertThat(usage(PeriodUsage.Span.CURRENT).coverage()).isEqualTo(Coverage.UNKNOWN);
    }

    @Test
    void theTiersOfAYearAreTheSumsOverItsPeriods() {
        subscribed("2026-03-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-03-10T10:00:00Z", "11"));
        fixture.charged(anna, new Event("2026-04-10T10:00:00Z", "14"));

        var usage = usage(PeriodUsage.Span.YEAR);

        assertThat(usage.tiers())
                .extracting(TierUsage::energy)
                .containsExactly(Energy.ofKilowattHours("20"), Energy.ofKilowattHours("5")); // 10 + 10, 1 + 4
        assertThat(usage.tiers().stream().map(TierUsage::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("7.00"); // 20 × 0.30 + 5 × 0.20
        assertThat(usage.amount().orElseThrow().amount()).isEqualByComparingTo("7.00");
        assertThat(usage.tiers()).noneMatch(TierUsage::isCurrent);
    }

    /** The part of the period in the previous year counts towards the cheap tier. */
    @Test
    void aPeriodThatBeganLastYearKeepsItsTierPosition() {
        fixture.subscribe(
                anna,
                fixture.plan("yearly", BillingFixture.graduated("10", "0.30", "0.20")),
                Instant.parse("2025-12-01T00:00:00Z"),
                Optional.empty(),
                "anniversary",
                BillingFixture.BERLIN);
        fixture.charged(anna, new Event("2025-12-10T10:00:00Z", "8"));
        fixture.charged(anna, new Event("2026-04-10T10:00:00Z", "5"));

        var usage = usage(PeriodUsage.Span.YEAR);

        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("5"));
        assertThat(usage.amount().orElseThrow().amount()).isEqualByComparingTo("1.20"); // 2 × 0.30 + 3 × 0.20
        assertThat(usage.tiers())
                .extracting(TierUsage::energy)
                .containsExactly(Energy.ofKilowattHours("2"), Energy.ofKilowattHours("3"));
    }

    /** Fails if usage is unavailable when prices cannot be computed. */
    @Test
    void usageShowsTheEnergyWhenSubscriptionsCannotBeRead() {
        subscribed("2026-01-01T00:00:00Z");
        fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "8"));
        fixture.jdbc.sql("alter table subscriptions rename to gone").update();

        var usage = usage(PeriodUsage.Span.CURRENT);

        assertThat(usage.energy()).isEqualTo(Energy.ofKilowattHours("8"));
        assertThat(usage.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(usage.amount()).isEmpty();
        assertThat(usage.tiers()).isEmpty();
        assertThat(usage.days().get(1).cost()).isEmpty();
    }

    private void subscribed(String from) {
        fixture.subscribe(
                anna, fixture.plan("monthly", BillingFixture.graduated("10", "0.30", "0.20")), from, Optional.empty());
    }

    private PeriodUsage usage(PeriodUsage.Span span) {
        return fixture.get(UsageService.class).of(anna, span, BillingFixture.BERLIN);
    }

    private static BigDecimal cost(PeriodUsage usage, int day) {
        return usage.days().get(day).cost().orElseThrow().amount();
    }
}
