package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.BillingConcerns;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.invoicing.NextInvoiceService;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disputed sessions on a plan with 10.00 per month, 0.30 per kWh for the first 10 kWh and 0.20 above. */
class DisputedSessionsTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @BeforeEach
    void subscribe() {
        fixture.subscribe(anna, fixture.tiered(false), "2026-05-01T00:00:00+02:00", Optional.empty());
    }

    @Test
    void aSessionWithLargerSteveEnergyHasNoPriceAndUsesNoTier() {
        var disputed = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "5019"));
        var other = fixture.charged(anna, new Event("2026-06-11T10:00:00Z", "8"));
        assertThat(amount(other)).isEqualByComparingTo("1.60"); // 8 × 0.20

        fixture.dispute(disputed, "steve_larger");

        assertThat(fixture.cost(disputed).coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(fixture.cost(disputed).lines()).isEmpty();
        assertThat(fixture.get(PriceGaps.class).of(fixture.find(disputed))).containsExactly(new PriceGap.Disputed());
        assertThat(amount(other)).isEqualByComparingTo("2.40"); // 8 × 0.30
    }

    @Test
    void aDisputedSessionWithoutEventsHasNoPriceEither() {
        var disputed = fixture.session(anna, "2026-06-10T10:00:00Z");
        fixture.dispute(disputed, "steve_larger");

        assertThat(fixture.cost(disputed).coverage()).isEqualTo(Coverage.UNKNOWN);
    }

    @Test
    void eventsWrittenDuringADisputeHaveNoPrice() {
        var disputed = fixture.session(anna, "2026-06-10T10:00:00Z");
        fixture.dispute(disputed, "steve_larger");
        fixture.write(disputed, 0, new Event("2026-06-10T11:00:00Z", "5019"), true);
        var other = fixture.charged(anna, new Event("2026-06-11T10:00:00Z", "8"));

        assertThat(amount(other)).isEqualByComparingTo("2.40"); // 8 × 0.30
        assertThat(usage().energy().kilowattHours()).isEqualByComparingTo("8");
    }

    @Test
    void usageAndTheNextInvoiceLeaveADisputedSessionOut() {
        var disputed = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "5019"));
        fixture.charged(anna, new Event("2026-06-11T10:00:00Z", "8"));
        fixture.dispute(disputed, "steve_larger");

        assertThat(usage().energy().kilowattHours()).isEqualByComparingTo("8");
        assertThat(usage().disputed().kilowattHours()).isEqualByComparingTo("5019");
        assertThat(usage().amount().orElseThrow().amount()).isEqualByComparingTo("2.40");
        assertThat(fixture.get(NextInvoiceService.class)
                        .of(anna, usage())
                        .orElseThrow()
                        .net()
                        .orElseThrow()
                        .amount())
                .isEqualByComparingTo("12.40");
    }

    @Test
    void theSumOfSessionsIsCompleteWithoutADisputedSession() {
        var disputed = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "5019"));
        fixture.charged(anna, new Event("2026-06-11T10:00:00Z", "8"));
        fixture.dispute(disputed, "steve_larger");
        var sums = fixture.get(SessionCostSums.class);

        for (var sum : List.of(sums.of(SessionFilter.of(anna)), sums.of(SessionFilter.of(anna)))) {
            assertThat(sum.isComplete()).isTrue();
            assertThat(sum.amounts())
                    .singleElement()
                    .satisfies(money -> assertThat(money.amount()).isEqualByComparingTo("2.40"));
        }
    }

    @Test
    void aSessionWithSmallerSteveEnergyIsPriced() {
        var session = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "8"));
        fixture.dispute(session, "steve_smaller");

        assertThat(amount(session)).isEqualByComparingTo("2.40");
        assertThat(usage().energy().kilowattHours()).isEqualByComparingTo("8");
    }

    @Test
    void aDisputedSessionIsPricedBehindTheInvoicedSessionsOnceDecided() {
        var disputed = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "5"));
        var other = fixture.charged(anna, new Event("2026-05-11T10:00:00Z", "8"));
        fixture.dispute(disputed, "steve_larger");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(latest().net()).isEqualByComparingTo("12.40"); // 10 + 8 × 0.30
        assertThat(fixture.get(InvoiceService.class).ofSessions(List.of(disputed, other)))
                .containsOnlyKeys(other);

        fixture.dispute(disputed, null);
        assertThat(amount(disputed)).isEqualByComparingTo("1.20"); // 2 × 0.30 + 3 × 0.20
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();

        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("FEE 10.00", "ADJUSTMENT 1.20");
        assertThat(amount(other)).isEqualByComparingTo("2.40");
    }

    @Test
    void anOpenDisputedSessionDoesNotHoldTheInvoice() {
        fixture.charged(anna, new Event("2026-05-11T10:00:00Z", "8"));
        var open = fixture.session(Optional.of(anna), Instant.parse("2026-05-30T10:00:00Z"), false);
        fixture.everythingIsRead();
        fixture.jdbc
                .sql("update transaction_sync_state set last_read_at = '2026-05-31T21:00:00Z' where not is_finalized")
                .update();
        assertThat(fixture.get(InvoicingJob.class).run(Optional.empty())).isZero();

        fixture.dispute(open, "steve_larger");
        fixture.clock.at("2026-06-15T13:00:00Z");

        assertThat(fixture.get(InvoicingJob.class).run(Optional.empty())).isEqualTo(1);
    }

    @Test
    void sealedEventsStayPricedWhenTheirSessionBecomesDisputed() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "5011", "correction"), true);
        fixture.dispute(session, "steve_larger");
        var late = fixture.charged(anna, new Event("2026-05-12T10:00:00Z", "4"));

        assertThat(amount(late)).isEqualByComparingTo("1.00"); // 2 × 0.30 + 2 × 0.20, after 8 sealed kWh
        assertThat(fixture.cost(session).coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(fixture.cost(session).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.amount()).isEqualByComparingTo("2.40"));
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo("11.00"); // 10 + 1.00
    }

    @Test
    void disputedEnergyIsNotReportedAsUncovered() {
        var paul = fixture.driver();
        var uncovered = fixture.charged(paul, new Event("2026-06-10T10:00:00Z", "5019"));
        var concerns = fixture.get(BillingConcerns.class);
        fixture.jdbc
                .sql("update transaction_sync_state set energy_wh = 5019000 where steve_transaction_id = ?")
                .param(uncovered.value())
                .update();
        assertThat(concerns.uncovered(Instant.EPOCH, 5)).hasSize(1);

        fixture.dispute(uncovered, "steve_larger");

        assertThat(concerns.uncovered(Instant.EPOCH, 5)).isEmpty();
    }

    private BigDecimal amount(SessionId session) {
        return fixture.cost(session).amount().orElseThrow().amount();
    }

    private PeriodUsage usage() {
        return fixture.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, BillingFixture.BERLIN);
    }

    private Invoice latest() {
        return fixture.get(InvoiceService.class)
                .pageWithLines(Optional.of(anna), Optional.empty(), 1)
                .getFirst();
    }
}
