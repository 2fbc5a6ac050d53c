package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 0.30 per kWh, 0.50 per session and 0.05 per minute idle; months begin at midnight UTC. */
class LateFeesTest {

    private static final String PRICES = """
            [{"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.30"}},
             {"billable_metric_code":"session","charge_model":"standard","properties":{"amount":"0.50"}},
             {"billable_metric_code":"idle_minutes","charge_model":"standard","properties":{"amount":"0.05"}}]""";

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @BeforeEach
    void mayIsInvoicedWithoutSessions() {
        fixture.subscribe(
                anna,
                fixture.plan("monthly", PRICES),
                Instant.parse("2026-05-01T00:00:00Z"),
                Optional.empty(),
                "calendar",
                ZoneOffset.UTC);
        fixture.invoice();
    }

    /** Red means that a fee is on a bill without a word about minutes or sessions. */
    @Test
    void eachFeeThatComesLateIsAnAdjustmentOfItsOwn() {
        var session = idleFor33Minutes();
        assertThat(next()).isEqualByComparingTo("3.99");
        invoiceOf("2026-07-02T12:00:00Z");

        assertThat(words())
                .containsExactly(
                        "1.80 Session #" + session + ", in the period from 2026-05-01", // 6×0.30
                        "0.50 Session #" + session + ", in the period from 2026-05-01: 1 session",
                        "1.69 Session #" + session
                                + ", in the period from 2026-05-01: 33.7 minutes idle"); // 33.7×0.05 = 1.685
        assertThat(latest().net()).isEqualByComparingTo("3.99"); // 1.80 + 0.50 + 1.685 = 3.985
        assertThat(latest().lines().getLast().unitPrice().orElseThrow()).isEqualByComparingTo("0.05");
        assertThat(latest().lines().getLast().subject().facts()).isPresent();
    }

    @Test
    void aFeeThatIsGivenBackSaysHowManyMinutes() {
        var session = idleFor33Minutes();
        invoiceOf("2026-07-02T12:00:00Z");
        fixture.write(session, 3, new Event("2026-05-10T11:33:42Z", "1"), true); // energy flowed to the end
        invoiceOf("2026-08-02T12:00:00Z");

        assertThat(words())
                .containsExactly(
                        "0.30 Session #" + session + ", in the period from 2026-05-01", // 1×0.30: 4.285 − 3.985
                        "-1.69 Session #" + session
                                + ", in the period from 2026-05-01: -33.7 minutes idle"); // −33.7×0.05: 2.60 − 4.29
        var paid = fixture.get(InvoiceService.class).page(Optional.of(anna), Optional.empty(), 9).stream()
                .map(Invoice::net)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(paid).isEqualByComparingTo("2.60"); // 7×0.30 + 0.50
    }

    /** 6 kWh until 11:00, plugged in until 11:33:42. */
    private SessionId idleFor33Minutes() {
        return fixture.charged(
                anna,
                new Event("2026-05-10T10:00:00Z", "0"),
                new Event("2026-05-10T11:00:00Z", "6"),
                new Event("2026-05-10T11:33:42Z", "0"));
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

    private void invoiceOf(String instant) {
        fixture.clock.at(instant);
        fixture.invoice();
    }

    private List<String> words() {
        return latest().lines().stream()
                .map(line -> line.amount() + " " + line.text())
                .toList();
    }

    private Invoice latest() {
        return fixture.get(InvoiceService.class)
                .pageWithLines(Optional.of(anna), Optional.empty(), 1)
                .getFirst();
    }
}
