package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.platform.refusals.Conflict;
import express.polaris.sessions.SessionId;
import express.polaris.testing.TestIssuer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An invoice is cancelled without a replacement, and its energy changes afterwards. 0.30 per kWh for the first 10 kWh of a
 * month, 0.20 above.
 */
class LateReplacementTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();
    private final AccountId operator = fixture.driver();
    private SessionId first = new SessionId(0);
    private SessionId second = new SessionId(0);

    @BeforeEach
    void mayIsInvoicedAndCancelled() {
        TestIssuer.save(fixture.jdbc);
        fixture.subscribe(
                anna,
                fixture.plan("monthly", BillingFixture.graduated("10", "0.30", "0.20")),
                Instant.parse("2026-05-01T00:00:00Z"),
                Optional.empty(),
                "calendar",
                ZoneOffset.UTC);
        first = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        second = fixture.charged(anna, new Event("2026-05-11T10:00:00Z", "8"));
    }

    /** Red means that energy which a cancellation has credited is credited or billed once more. */
    @Test
    void whatChangesAfterACancellationWaitsForTheReplacement() {
        invoiceAndCancel();
        var late = changeMay();
        var june = fixture.charged(anna, new Event("2026-06-20T10:00:00Z", "2"));

        fixture.clock.at("2026-06-25T12:00:00Z");
        assertThat(next()).isEqualByComparingTo("0.60"); // 2×0.30, nothing of May
        invoiceOf("2026-07-02T12:00:00Z");
        assertThat(latest().net()).isEqualByComparingTo("0.60");
        everythingHasWaitedSince("2026-07-02T12:00:00Z");
        fixture.clock.at("2026-09-02T12:00:00Z");
        assertThat(fixture.get(InvoiceSchedule.class).waitingSince(fixture.clock.instant()))
                .isEmpty();
        assertThat(fixture.invoice()).isZero();
        assertThat(paid()).isEqualByComparingTo("0.60"); // 4.20 − 4.20 + 0.60

        var replacement = cancellations().replace(operator, may().number());
        assertThat(replacement.replaces()).contains(may().number());
        assertThat(replacement.kind()).isEqualTo(Invoice.Kind.PERIOD);
        assertThat(replacement.lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly(
                        "ENERGY 3.00", // 10×0.30
                        "ENERGY 1.20", // 6×0.20
                        "SESSION 2.40", // 8×0.30
                        "SESSION 1.80", // 2×0.30 + 6×0.20
                        "ADJUSTMENT -1.50", // −5×0.30
                        "ADJUSTMENT 0.80"); // 4×0.20, behind the remaining 11 kWh
        assertThat(replacement.net()).isEqualByComparingTo("3.50"); // 4.20 − 1.50 + 0.80
        assertThat(paid()).isEqualByComparingTo("4.10"); // 3.50 + 0.60
        assertThat(costs(first, second, late, june)).isEqualByComparingTo(paid());
        assertThat(fixture.get(InvoiceService.class).ofSessions(List.of(first)).get(first))
                .contains(replacement.number());
        assertThatThrownBy(() -> cancellations().replace(operator, may().number()))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(replacement.number());
        assertThatThrownBy(() -> cancellations().replace(operator, replacement.number()))
                .isInstanceOf(Conflict.class);

        fixture.write(second, 1, new Event("2026-05-11T10:00:00Z", "-1", "correction"), true);
        invoiceOf("2026-10-02T12:00:00Z");
        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("ADJUSTMENT -0.20"); // −1×0.20: the replacement stands
        assertThat(costs(first, second, late, june)).isEqualByComparingTo(paid());
    }

    /** Red means that a refund of one month is lost because the invoice that brought it is cancelled. */
    @Test
    void anAdjustmentOnACancelledInvoiceLetsItsMonthWaitToo() {
        invoiceOf("2026-06-15T12:00:00Z");
        fixture.write(first, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        invoiceOf("2026-07-02T12:00:00Z");
        var adjusted = latest();
        assertThat(adjusted.net()).isEqualByComparingTo("-1.50");
        cancellations().cancel(operator, adjusted.number(), "Wrong", false);
        fixture.write(first, 2, new Event("2026-05-10T10:00:00Z", "1", "correction"), true);
        invoiceOf("2026-08-02T12:00:00Z");
        assertThat(paid()).isEqualByComparingTo("4.20"); // 4.20 − 1.50 + 1.50
        var replacement = cancellations().replace(operator, adjusted.number());
        assertThat(replacement.net()).isEqualByComparingTo("-1.30"); // −1.50 + 1×0.20
        assertThat(costs(first, second)).isEqualByComparingTo(paid());
    }

    /** Red means that a credit counts twice, or is lost. */
    @Test
    void aLateReplacementTakesTheCreditsThatAreOpenAgain() {
        fixture.get(CreditService.class).grant(anna, "1", "Sorry", Optional.empty(), operator);
        invoiceAndCancel();
        var replacement = cancellations().replace(operator, may().number());
        assertThat(replacement.net()).isEqualByComparingTo("3.20"); // 4.20 − 1
        assertThat(open()).isEqualByComparingTo("0");
        cancellations().cancel(operator, replacement.number(), "Wrong again", false);
        assertThat(open()).isEqualByComparingTo("1");
        assertThat(paid()).isEqualByComparingTo("0");
        assertThat(cancellations().replace(operator, replacement.number()).net())
                .isEqualByComparingTo("3.20");
        assertThat(open()).isEqualByComparingTo("0");
    }

    private void invoiceAndCancel() {
        invoiceOf("2026-06-15T12:00:00Z");
        cancellations().cancel(operator, latest().number(), "Wrong", false);
    }

    /** Takes 5 kWh of the first session back, and adds a session of 4 kWh. */
    private SessionId changeMay() {
        fixture.write(first, 1, new Event("2026-05-10T10:00:00Z", "-5", "correction"), true);
        return fixture.charged(anna, new Event("2026-05-20T10:00:00Z", "4"));
    }

    private void everythingHasWaitedSince(String instant) {
        var at = java.sql.Timestamp.from(Instant.parse(instant));
        fixture.jdbc.sql("update taken_back set learnt_at = ?").param(at).update();
        fixture.jdbc
                .sql("update synced_transaction_events set synced_at = ? where sealed_at is null")
                .param(at)
                .update();
    }

    private CancellationService cancellations() {
        return fixture.get(CancellationService.class);
    }

    private void invoiceOf(String instant) {
        fixture.clock.at(instant);
        fixture.invoice();
    }

    private List<Invoice> all() {
        return fixture.get(InvoiceService.class).pageWithLines(Optional.of(anna), Optional.empty(), 20);
    }

    private Invoice latest() {
        return all().getFirst();
    }

    private Invoice may() {
        return all().getLast();
    }

    /** Net of all documents. */
    private BigDecimal paid() {
        return all().stream().map(Invoice::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal costs(SessionId... sessions) {
        return List.of(sessions).stream()
                .map(session -> fixture.cost(session).amount().orElseThrow().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal open() {
        return fixture.get(CreditRepository.class).open(anna, BillingFixture.EUR);
    }

    private BigDecimal next() {
        var usage = fixture.get(UsageService.class).of(anna, PeriodUsage.Span.CURRENT, ZoneOffset.UTC);
        return fixture.get(NextInvoiceService.class)
                .of(anna, usage)
                .orElseThrow()
                .net()
                .orElseThrow()
                .amount();
    }
}
