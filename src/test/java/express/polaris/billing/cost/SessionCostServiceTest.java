package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SessionCostServiceTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @Test
    void elevenKilowattHoursOpenTheSecondTier() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));

        var cost = fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "11")));

        assertThat(cost.coverage()).isEqualTo(Coverage.BILLED);
        assertThat(cost.amount().orElseThrow().amount()).isEqualByComparingTo("3.20"); // 10 × 0.30 + 1 × 0.20
        assertThat(cost.estimate()).isTrue();
        assertThat(cost.lines()).extracting(line -> line.band().toString()).containsExactly("0–10", "10–∞");
        assertThat(cost.lines().getFirst().period().from()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(cost.lines().getFirst().period().to()).isEqualTo("2026-05-31T22:00:00Z");
    }

    @Test
    void aSessionTakesItsShareOfEachTierItReaches() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "4"));
        var session =
                fixture.charged(anna, new Event("2026-05-10T12:00:00Z", "5"), new Event("2026-05-10T13:00:00Z", "3"));

        var tiers = fixture.get(SessionCostService.class)
                .explained(fixture.find(session))
                .orElseThrow()
                .tiers();

        assertThat(tiers)
                .extracting(
                        share -> share.above().kilowattHours().intValueExact(),
                        share -> share.before().kilowattHours().intValueExact(),
                        share -> share.energy().kilowattHours().intValueExact())
                // 4 of 10 were used before; 10 - 4 = 6 fit, 5 + 3 - 6 = 2 open the second tier
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 4, 6), org.assertj.core.groups.Tuple.tuple(10, 0, 2));
        assertThat(tiers.getFirst().upTo()).contains(express.polaris.units.Energy.ofKilowattHours("10"));
        assertThat(tiers.getLast().upTo()).isEmpty();
    }

    @Test
    void aConcurrentSessionOnAnotherCardMovesTheTier() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var first =
                fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "6"), new Event("2026-05-10T12:00:00Z", "6"));
        var second = fixture.charged(anna, new Event("2026-05-10T11:00:00Z", "6"));

        assertThat(amount(first)).isEqualByComparingTo("3.00"); // 6 × 0.30 + 6 × 0.20
        assertThat(amount(second)).isEqualByComparingTo("1.60"); // 4 × 0.30 + 2 × 0.20
        assertThat(fixture.get(SessionCostService.class)
                        .ofEvents(fixture.find(first))
                        .values())
                .extracting(Money::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("1.80"), new BigDecimal("1.20"));
    }

    @Test
    void aReadingAtMidnightClosesThePeriodAndTheNextOneRestartsTheTiers() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var cost = fixture.cost(
                fixture.charged(anna, new Event("2026-05-31T22:00:00Z", "12"), new Event("2026-05-31T22:15:00Z", "1")));

        // 10 × 0.30 + 2 × 0.20 in May, 1 × 0.30 in June
        assertThat(cost.amount().orElseThrow().amount()).isEqualByComparingTo("3.70");
        assertThat(cost.lines()).hasSize(3);
    }

    @Test
    void aClosingCorrectionIsPricedInThePeriodOfTheEventItCorrects() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var session = fixture.charged(
                anna,
                new Event("2026-05-31T21:00:00Z", "12"),
                new Event("2026-05-31T21:30:00Z", "0"),
                new Event("2026-06-01T05:00:00Z", "-1", "correction"));
        var later = fixture.charged(anna, new Event("2026-06-01T06:00:00Z", "11"));

        assertThat(amount(session)).isEqualByComparingTo("3.20"); // 11 kWh in May: 10 × 0.30 + 1 × 0.20
        assertThat(amount(later)).isEqualByComparingTo("3.20"); // 11 kWh in June, untouched by the correction
    }

    @Test
    void aPlanChangeDuringASessionPricesEachPartUnderItsPlan() {
        var cheap = fixture.plan("monthly", BillingFixture.standard("0.10"));
        var dear = fixture.plan("monthly", BillingFixture.standard("0.50"));
        fixture.subscribe(anna, cheap, "2026-01-01T00:00:00Z", Optional.of("2026-05-10T11:00:00Z"));
        fixture.subscribe(anna, dear, "2026-05-10T11:00:00Z", Optional.empty());

        var session = fixture.charged(
                anna,
                new Event("2026-05-10T10:30:00Z", "1"),
                new Event("2026-05-10T11:00:00Z", "2"),
                new Event("2026-05-10T11:30:00Z", "4"));

        assertThat(amount(session)).isEqualByComparingTo("2.30"); // 3 × 0.10 + 4 × 0.50
    }

    @Test
    void energyHasNoPriceWithoutASubscriptionAndZeroEnergyIsIncluded() {
        var unpriced = fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "1")));
        var empty = fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "0")));
        var nobodys = fixture.session(Optional.empty(), Instant.parse("2026-05-10T10:00:00Z"), true);
        fixture.write(nobodys, 0, new Event("2026-05-10T10:30:00Z", "1"), true);

        assertThat(unpriced.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(unpriced.amount()).isEmpty();
        assertThat(empty.coverage()).isEqualTo(Coverage.INCLUDED);
        assertThat(empty.amount().map(Money::rounded)).contains(new Money(new BigDecimal("0.00"), BillingFixture.EUR));
        assertThat(fixture.cost(nobodys).coverage()).isEqualTo(Coverage.UNKNOWN);
    }

    @Test
    void energyBeforeTheSubscriptionIsUnknownAndThePricedPartIsShown() {
        var plan = fixture.plan("monthly", BillingFixture.standard("0.10"));
        fixture.subscribe(anna, plan, "2026-05-10T10:00:00Z", Optional.empty());

        var cost = fixture.cost(
                fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "1"), new Event("2026-05-10T10:30:00Z", "3")));

        assertThat(cost.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(cost.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.amount()).isEqualByComparingTo("0.30"));
    }

    @Test
    void freeEnergyIsIncludedInThePlan() {
        subscribed(BillingFixture.graduated("10", "0", "0.20"));

        assertThat(fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "10")))
                        .coverage())
                .isEqualTo(Coverage.INCLUDED);
        assertThat(fixture.cost(fixture.charged(anna, new Event("2026-05-10T11:00:00Z", "1")))
                        .coverage())
                .isEqualTo(Coverage.BILLED);
    }

    @Test
    void theCostUnderAnUnsupportedChargeModelIsUnknown() {
        subscribed(BillingFixture.charge("percentage", "{'rate':'1'}"));

        var cost = fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "1")));

        assertThat(cost.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(cost.lines()).isEmpty();
    }

    @Test
    void implausibleEnergyCountsForTheTierButIsPricedOnlyOnCompletion() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var open = fixture.session(Optional.of(anna), Instant.parse("2026-05-10T09:00:00Z"), false);
        fixture.write(open, 0, new Event("2026-05-10T10:00:00Z", "10", "implausible"), false);
        var after = fixture.charged(anna, new Event("2026-05-10T11:00:00Z", "1"));

        assertThat(fixture.cost(open).coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(amount(after)).isEqualByComparingTo("0.20");

        fixture.write(open, 1, new Event("2026-05-10T12:00:00Z", "0"), true);
        fixture.jdbc
                .sql("update transaction_sync_state set is_finalized = true, finalized_at = now()"
                        + " where steve_transaction_id = ?")
                .param(open.value())
                .update();

        assertThat(amount(open)).isEqualByComparingTo("3.00"); // 10 × 0.30
    }

    /** Fails if a page shows a price that the invoice will not have. */
    @Test
    void aCachedPriceIsDroppedWhenAnyInputChanges() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var early = fixture.charged(anna, new Event("2026-05-09T10:00:00Z", "2"));
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "10"));
        assertThat(amount(early)).isEqualByComparingTo("0.60");
        assertThat(amount(session)).isEqualByComparingTo("2.80"); // 8 × 0.30 + 2 × 0.20
        assertThat(kept()).containsExactlyInAnyOrder(early.value(), session.value());

        fixture.write(early, 0, new Event("2026-05-09T10:00:00Z", "4"), true);
        assertThat(kept()).isEmpty();
        assertThat(amount(session)).isEqualByComparingTo("2.60"); // 6 × 0.30 + 4 × 0.20
        assertThat(amount(early)).isEqualByComparingTo("1.20");

        fixture.charged(anna, new Event("2026-05-10T09:00:00Z", "1"));
        assertThat(kept()).containsExactly(early.value());
        assertThat(amount(session)).isEqualByComparingTo("2.50"); // 5 × 0.30 + 5 × 0.20

        var ben = fixture.driver();
        fixture.jdbc
                .sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                .param(ben.value())
                .param(early.value())
                .update();
        assertThat(kept()).isEmpty();
        assertThat(amount(session)).isEqualByComparingTo("2.90"); // 9 × 0.30 + 1 × 0.20
        assertThat(fixture.cost(early).coverage()).isEqualTo(Coverage.UNKNOWN);
    }

    @Test
    void aCachedPriceEqualsTheComputedPrice() {
        subscribed(BillingFixture.graduated("10", "0.30", "0.20"));
        var session = fixture.charged(
                anna, new Event("2026-05-31T21:00:00Z", "12.345678"), new Event("2026-05-31T23:00:00Z", "0.000001"));

        var fresh = fixture.cost(session);
        assertThat(kept()).containsExactly(session.value());

        assertThat(fixture.cost(session)).isEqualTo(fresh);
    }

    @Test
    void aPriceComputedBeforeAChangeIsNotCachedAfterIt() {
        subscribed(BillingFixture.standard("0.30"));
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "1"));
        var cache = fixture.get(SessionPriceCache.class);
        long version = cache.versions(List.of(anna)).getOrDefault(anna, 0L);
        var cost = fixture.cost(session);
        fixture.write(session, 0, new Event("2026-05-10T10:00:00Z", "2"), true);

        cache.keep(List.of(
                new SessionPriceCache.Entry(session, anna, version, Instant.parse("2026-05-10T10:00:00Z"), cost)));

        assertThat(kept()).isEmpty();
    }

    /** Fails if a page breaks because a price cannot be computed. */
    @Test
    void aSessionAcrossTwoCurrenciesHasAnAmountInEachCurrency() {
        var ben = fixture.driver();
        fixture.subscribe(
                ben,
                fixture.plan("monthly", BillingFixture.standard("0.30")),
                "2026-05-01T00:00:00Z",
                Optional.of("2026-05-10T10:30:00Z"));
        var francs = fixture.plan("monthly", BillingFixture.standard("0.20"), "CHF");
        fixture.subscribe(ben, francs, "2026-05-10T10:30:00Z", Optional.empty());
        var session =
                fixture.charged(ben, new Event("2026-05-10T10:00:00Z", "4"), new Event("2026-05-10T11:00:00Z", "5"));

        for (int time = 0; time < 2; time++) {
            var cost = fixture.cost(session);
            assertThat(cost.coverage()).isEqualTo(Coverage.BILLED);
            assertThat(cost.amount()).isEmpty();
            assertThat(cost.amounts())
                    .extracting(money -> money.amount().stripTrailingZeros() + " " + money.currency())
                    .containsExactly("1.2 EUR", "1 CHF");
        }
        assertThat(fixture.get(SessionCostSums.class).of(SessionFilter.of(ben)).amounts().stream()
                        .map(money -> money.currency().getCurrencyCode()))
                .containsExactly("CHF", "EUR");
    }

    @Test
    void aDatabaseErrorMakesThePriceUnknownAndKeepsTheCallersTransaction() {
        subscribed(BillingFixture.standard("0.30"));
        var session = fixture.find(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "1")));
        fixture.jdbc.sql("alter table subscriptions rename to gone").update();

        var transaction = new TransactionTemplate(fixture.get(PlatformTransactionManager.class));
        var cost = transaction.execute(status -> {
            var unknown = fixture.get(SessionCostService.class).of(session);
            fixture.driver();
            return unknown;
        });

        assertThat(cost).isNotNull();
        assertThat(cost.coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(fixture.get(SessionCostService.class).ofEvents(session)).isEmpty();
    }

    private void subscribed(String charges) {
        fixture.subscribe(anna, fixture.plan("monthly", charges), "2026-01-01T00:00:00Z", Optional.empty());
    }

    private BigDecimal amount(SessionId id) {
        return fixture.cost(id).amount().orElseThrow().amount();
    }

    private List<Long> kept() {
        return fixture.jdbc
                .sql("select steve_transaction_id from session_price order by 1")
                .query((row, number) -> row.getLong(1))
                .list();
    }
}
