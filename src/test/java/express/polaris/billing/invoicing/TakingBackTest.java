package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Plans cost 0.30 per kWh for the first 10 kWh of a month and 0.20 above, unless a test says otherwise. */
class TakingBackTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();
    private final SubscriptionId subscription = subscribe(BillingFixture.graduated("10", "0.30", "0.20"));

    private SubscriptionId subscribe(String charges) {
        return fixture.subscribe(
                anna,
                fixture.plan("monthly", charges),
                Instant.parse("2026-05-01T00:00:00Z"),
                Optional.empty(),
                "calendar",
                ZoneOffset.UTC);
    }

    /** Fails if a reset at the end of a month moves energy into the next month. */
    @Test
    void aCorrectionTakesTheLatestEnergyBackFirstEvenFromThePreviousMonth() {
        var session = fixture.charged(
                anna,
                new Event("2026-05-30T10:00:00Z", "3"),
                new Event("2026-05-31T10:00:00Z", "4"),
                new Event("2026-06-01T10:00:00Z", "2"),
                new Event("2026-06-01T11:00:00Z", "-5"));

        assertThat(lines(session)).containsExactly("2026-05-01T00:00:00Z 4 1.2"); // 3 + 4 − 3 of May, none of June's
        assertThat(fixture.get(SessionCostService.class).ofEvents(fixture.find(session)).values().stream()
                        .map(money -> money.amount().stripTrailingZeros().toPlainString()))
                .containsExactly("0.9", "0.3", "0", "0");
    }

    @Test
    void aCorrectionChangesAnotherSessionsPriceOnlyByItsTierPosition() {
        var corrected =
                fixture.charged(anna, new Event("2026-06-02T10:00:00Z", "3"), new Event("2026-06-05T10:00:00Z", "6"));
        var between = fixture.charged(anna, new Event("2026-06-03T10:00:00Z", "2"));
        var behind = fixture.charged(anna, new Event("2026-06-06T10:00:00Z", "4"));
        assertThat(amount(behind)).isEqualByComparingTo("0.80"); // 4 × 0.20, after 11 kWh

        fixture.write(corrected, 2, new Event("2026-06-09T10:00:00Z", "-5", "correction"), true);

        assertThat(amount(corrected)).isEqualByComparingTo("1.20"); // 3 × 0.30 + 1 × 0.30
        assertThat(amount(between)).isEqualByComparingTo("0.60");
        assertThat(amount(behind)).isEqualByComparingTo("1.20"); // 4 × 0.30, after 6 kWh
        assertThat(usage("2026-06-15T12:00:00Z").energy().kilowattHours()).isEqualByComparingTo("10");
        assertThat(usage("2026-06-15T12:00:00Z").amount().orElseThrow().amount())
                .isEqualByComparingTo("3.00");
    }

    @Test
    void overInvoicedEnergyIsRefundedAtItsInvoicedPrice() {
        var first = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        var second = fixture.charged(anna, new Event("2026-05-11T10:00:00Z", "8"));
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo("4.20"); // 10 × 0.30 + 6 × 0.20

        fixture.write(first, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);

        assertThat(amount(first)).isEqualByComparingTo("0.90"); // 3 × 0.30
        assertThat(fixture.cost(first).estimate()).isTrue();
        assertThat(amount(second)).isEqualByComparingTo("1.80");
        assertThat(next("2026-06-15T12:00:00Z")).isEqualByComparingTo("-1.50");
        invoiceOf("2026-07-02T12:00:00Z");
        assertThat(adjustments()).containsExactly("-5 -1.50"); // 5 × 0.30
        assertThat(fixture.cost(first).estimate()).isFalse();
        assertThat(amount(first)).isEqualByComparingTo("0.90");
    }

    @Test
    void anEventTakenBackAcrossATierIsRefundedInBothTiers() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "12"));
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        invoiceOf("2026-07-02T12:00:00Z");

        assertThat(adjustments()).containsExactly("-5 -1.30"); // 2 × 0.20 + 3 × 0.30
        assertThat(amount(session)).isEqualByComparingTo("2.10"); // 7 × 0.30
        var may = fixture.get(UsageService.class).of(anna, PeriodUsage.Span.YEAR, ZoneOffset.UTC);
        assertThat(may.energy().kilowattHours()).isEqualByComparingTo("7");
        assertThat(may.amount().orElseThrow().amount()).isEqualByComparingTo("2.10");
    }

    @Test
    void lateEnergyIsPricedBehindTheRemainingInvoicedEnergy() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "12"));
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        var late = fixture.charged(anna, new Event("2026-05-20T10:00:00Z", "4"));

        assertThat(amount(late)).isEqualByComparingTo("1.10"); // 3 × 0.30 + 1 × 0.20, after 7 kWh
        invoiceOf("2026-07-02T12:00:00Z");
        assertThat(adjustments()).containsExactlyInAnyOrder("-5 -1.30", "4 1.10");
        assertThat(amount(late)).isEqualByComparingTo("1.10");
    }

    @Test
    void aCorrectionTakesUnsealedEnergyBackBeforeSealedEnergy() {
        var session =
                fixture.charged(anna, new Event("2026-05-31T10:00:00Z", "8"), new Event("2026-06-01T10:00:00Z", "3"));
        fixture.invoice();
        fixture.write(session, 2, new Event("2026-06-01T10:00:00Z", "-4", "correction"), true);
        invoiceOf("2026-07-02T12:00:00Z");

        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("OTHER_SESSIONS 0.00", "ADJUSTMENT -0.30"); // none of June's 3, 1 of May's 8
        assertThat(amount(session)).isEqualByComparingTo("2.10"); // 7 × 0.30
    }

    @Test
    void aRevisedCorrectionCountsBesideAnInvoicedRefund() {
        var session =
                fixture.charged(anna, new Event("2026-05-31T10:00:00Z", "8"), new Event("2026-06-01T10:00:00Z", "-4"));
        fixture.invoice();
        assertThat(latest().net()).isEqualByComparingTo("1.20"); // 4 × 0.30
        fixture.write(session, 1, new Event("2026-06-01T10:00:00Z", "-1"), true);
        invoiceOf("2026-07-02T12:00:00Z");

        assertThat(latest().net()).isEqualByComparingTo("0.90"); // 3 × 0.30 in June
        assertThat(amount(session)).isEqualByComparingTo("2.10"); // 7 × 0.30
    }

    @Test
    void refundedEnergyIsInvoicedAgainWhenTheCorrectionIsRevoked() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        invoiceOf("2026-07-02T12:00:00Z");
        fixture.write(session, 2, new Event("2026-05-10T10:00:00Z", "5", "correction"), true);
        invoiceOf("2026-08-02T12:00:00Z");

        assertThat(adjustments()).containsExactly("5 1.50"); // 5 × 0.30, after the remaining 3 kWh
        assertThat(amount(session)).isEqualByComparingTo("2.40");
    }

    @Test
    void aVolumeChargeRefundsTheInvoicedAmount() {
        var ben = fixture.driver();
        fixture.subscribe(
                ben,
                fixture.plan(
                        "monthly",
                        BillingFixture.charge(
                                "volume",
                                "{'volume_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'1.00','flat_amount':'0'},"
                                        + "{'from_value':11,'to_value':null,'per_unit_amount':'0.50','flat_amount':'0'}]}")),
                "2026-05-01T00:00:00Z",
                Optional.empty());
        fixture.charged(ben, new Event("2026-05-10T10:00:00Z", "8"));
        var session = fixture.charged(ben, new Event("2026-05-11T10:00:00Z", "4"));
        fixture.invoice();
        assertThat(amount(session)).isEqualByComparingTo("-2.00"); // 12 × 0.50 − 8 × 1.00
        fixture.write(session, 1, new Event("2026-05-11T10:00:00Z", "-4", "correction"), true);

        assertThat(amount(session)).isEqualByComparingTo("0");
        invoiceOf("2026-07-02T12:00:00Z");
        assertThat(fixture.get(InvoiceService.class)
                        .pageWithLines(Optional.of(ben), Optional.empty(), 1)
                        .getFirst()
                        .net())
                .isEqualByComparingTo("2.00");
    }

    @Test
    void aRefundGetsItsOwnInvoiceAfter31DaysWithoutANextInvoice() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.get(SubscriptionService.class).terminate(subscription, "2026-06-01T00:00:00Z");
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        fixture.jdbc
                .sql("update taken_back set learnt_at = '2026-06-15T12:00:00Z'")
                .update();

        fixture.clock.at("2026-07-16T11:59:59Z");
        assertThat(fixture.invoice()).isZero();
        fixture.clock.at("2026-07-16T12:00:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(latest().kind()).isEqualTo(Invoice.Kind.ADJUSTMENT);
        assertThat(adjustments()).containsExactly("-5 -1.50");
    }

    @Test
    void aDisputedSessionIsNotRefundedUntilItIsDecided() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.invoice();
        fixture.dispute(session, "steve_larger");
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        assertThat(next("2026-06-15T12:00:00Z")).isEqualByComparingTo("0");

        fixture.dispute(session, null);
        assertThat(next("2026-06-15T12:00:00Z")).isEqualByComparingTo("-1.50");
    }

    @Test
    void theDatabaseRefusesToChangeAnInvoicedRefund() {
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.invoice();
        fixture.write(session, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        invoiceOf("2026-07-02T12:00:00Z");

        for (var statement : List.of("update taken_back set kwh = 1", "delete from taken_back")) {
            assertThatThrownBy(() -> fixture.jdbc.sql(statement).update()).isInstanceOf(DataAccessException.class);
        }
    }

    private void invoiceOf(String instant) {
        fixture.clock.at(instant);
        fixture.invoice();
    }

    private Invoice latest() {
        return fixture.get(InvoiceService.class)
                .pageWithLines(Optional.of(anna), Optional.empty(), 1)
                .getFirst();
    }

    private List<String> adjustments() {
        return latest().lines().stream()
                .filter(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT)
                .map(line -> line.energy()
                                .orElseThrow()
                                .kilowattHours()
                                .stripTrailingZeros()
                                .toPlainString() + " " + line.amount())
                .toList();
    }

    private BigDecimal amount(SessionId session) {
        return fixture.cost(session).amount().orElseThrow().amount();
    }

    private List<String> lines(SessionId session) {
        return fixture.cost(session).lines().stream()
                .map(line -> line.period().from() + " "
                        + line.energy().kilowattHours().stripTrailingZeros().toPlainString() + " "
                        + line.amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    private PeriodUsage usage(String now) {
        fixture.clock.at(now);
        return fixture.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, ZoneOffset.UTC);
    }

    /** The net amount of the next invoice. */
    private BigDecimal next(String now) {
        return fixture.get(NextInvoiceService.class)
                .of(anna, usage(now))
                .orElseThrow()
                .net()
                .orElseThrow()
                .amount();
    }
}
