package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.sessions.SessionId;
import express.polaris.testing.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvoiceServiceTest {

    private final BillingFixture fixture = new BillingFixture();
    private final InvoicingJob invoicing = fixture.get(InvoicingJob.class);
    private final InvoiceService invoices = fixture.get(InvoiceService.class);
    private final AccountId anna = fixture.driver();

    @Test
    void anInvoiceHasTheFeeTheEnergyByTierAndTheSessions() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        var first =
                fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"), new Event("2026-05-10T11:00:00Z", "0"));
        var second = fixture.charged(anna, new Event("2026-05-20T10:00:00Z", "3.333"));
        fixture.charged(anna, new Event("2026-05-21T10:00:00Z", "0"));

        assertThat(fixture.invoice()).isEqualTo(1);

        var invoice = only();
        assertThat(invoice.number()).isEqualTo("2026-000001");
        assertThat(invoice.issuedOn()).isEqualTo("2026-06-15");
        assertThat(invoice.lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly(
                        "FEE 10.00",
                        "ENERGY 3.00", // 10 × 0.30
                        "ENERGY 0.27", // 1.333 × 0.20 = 0.2666
                        "SESSION 2.40", // 8 × 0.30
                        "SESSION 0.87", // 2 × 0.30 + 1.333 × 0.20 = 0.8666
                        "OTHER_SESSIONS 0.00");
        assertThat(invoice.net()).isEqualByComparingTo("13.27"); // 10 + 3.27
        assertThat(invoice.vat()).isEqualByComparingTo("2.52"); // 13.27 × 0.19 = 2.5213
        assertThat(invoice.total()).isEqualByComparingTo("15.79");
        assertThat(invoices.ofSessions(List.of(first, second))).containsOnlyKeys(first, second);
        assertThat(fixture.cost(first).estimate()).isFalse();
        assertThat(fixture.cost(first).amount().orElseThrow().amount()).isEqualByComparingTo("2.40");
    }

    @Test
    void theRoundingDifferenceOfSessionsIsOneLine() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        for (int day = 11; day < 14; day++) {
            fixture.charged(anna, new Event("2026-05-" + day + "T10:00:00Z", "0.015")); // 0.0045
        }
        fixture.invoice();

        assertThat(only().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly(
                        "FEE 10.00", "ENERGY 0.01", "SESSION 0.00", "SESSION 0.00", "SESSION 0.00", "ROUNDING 0.01");
        assertThat(only().net()).isEqualByComparingTo("10.01");
    }

    @Test
    void aPeriodIsInvoicedSixHoursAfterItsEndOnceEverythingWasRead() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));

        fixture.clock.at("2026-06-01T03:59:59Z");
        assertThat(fixture.invoice()).isZero();
        assertThat(invoicing.held()).isEmpty();

        fixture.jdbc
                .sql("update sync_cursor set last_wide_read_at = '2026-05-31T21:00:00Z'")
                .update();
        fixture.clock.at("2026-06-01T04:00:00Z");
        assertThat(invoicing.run(Optional.empty())).isZero();
        assertThat(invoicing.held())
                .singleElement()
                .satisfies(held ->
                        assertThat(held.because().english()).startsWith("SteVe's transactions have not been compared"));

        fixture.clock.at("2026-06-01T04:30:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(invoicing.held()).isEmpty();
        assertThat(fixture.invoice()).isZero();
    }

    @Test
    void anOpenSessionNotReadSinceThePeriodEndHoldsTheInvoice() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        var open = fixture.session(Optional.of(anna), Instant.parse("2026-05-30T10:00:00Z"), false);
        fixture.everythingIsRead();
        fixture.jdbc
                .sql("update transaction_sync_state set last_read_at = '2026-05-31T21:00:00Z'")
                .update();

        assertThat(invoicing.run(Optional.empty())).isZero();
        assertThat(invoicing.held().getFirst().because().english())
                .isEqualTo("Session " + open + " has not been read from SteVe since 2026-05-31T22:00:00Z");
    }

    @Test
    void feesAreProratedByDays() {
        subscribed(false, "2026-05-22T15:00:00+02:00");
        fixture.invoice();

        assertThat(only().net()).isEqualByComparingTo("3.23"); // 10 × 10 / 31 days
    }

    @Test
    void anAdvanceFeeOfZeroNeedsNoInvoiceAtTheStart() {
        var plan = fixture.plan("monthly", BillingFixture.standard("0.30"), "0", true);
        fixture.subscribe(anna, plan, "2026-05-22T15:00:00+02:00", Optional.empty());
        fixture.charged(anna, new Event("2026-05-25T10:00:00Z", "8"));

        fixture.clock.at("2026-05-23T12:00:00Z");
        assertThat(fixture.invoice()).isZero();
        fixture.clock.at("2026-06-15T12:00:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(only().net()).isEqualByComparingTo("2.40"); // 8×0.30
    }

    @Test
    void anAdvanceFeeIsDueAtTheStartAndUnusedDaysAreRefunded() {
        var id = subscribed(true, "2026-05-22T15:00:00+02:00");
        fixture.clock.at("2026-05-23T12:00:00Z");
        fixture.invoice();
        assertThat(only().net()).isEqualByComparingTo("3.23"); // 10 × 10 / 31 days
        assertThat(only().kind()).isEqualTo(Invoice.Kind.START);

        fixture.clock.at("2026-06-15T12:00:00Z");
        fixture.invoice();
        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("FEE 10.00"); // June, in advance

        fixture.get(SubscriptionService.class).terminate(id, "2026-06-16T00:00:00+02:00");
        fixture.clock.at("2026-06-20T12:00:00Z");
        fixture.invoice();
        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("FEE -5.00"); // 10 × 15 / 30 due, 10 paid
        fixture.clock.at("2027-06-20T12:00:00Z");
        assertThat(fixture.invoice()).isZero();
    }

    @Test
    void lateEnergyIsPricedBehindTheInvoicedEnergyAsAnAdjustment() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-05-20T10:00:00Z", "9"));
        fixture.invoice();

        var late = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "2"));
        assertThat(fixture.cost(late).amount().orElseThrow().amount())
                .isEqualByComparingTo("0.50"); // 1 × 0.30 + 1 × 0.20, after 9 sealed kWh
        assertThat(fixture.cost(late).estimate()).isTrue();
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();

        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("FEE 10.00", "ADJUSTMENT 0.50");
        assertThat(fixture.cost(late).estimate()).isFalse();
        assertThat(fixture.cost(late).amount().orElseThrow().amount()).isEqualByComparingTo("0.50");
    }

    @Test
    void anAdjustmentAndACreditGetTheirOwnInvoiceAfter31Days() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.get(SubscriptionService.class)
                .terminate(
                        fixture.get(SubscriptionService.class)
                                .of(anna)
                                .getFirst()
                                .id(),
                        "2026-06-01T00:00:00+02:00");
        fixture.invoice();
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "2"));
        fixture.jdbc
                .sql("update synced_transaction_events set synced_at = '2026-06-15T12:00:00Z'")
                .update();
        fixture.get(CreditService.class).grant(anna, "0.10", "Broken cable", Optional.empty(), anna);

        fixture.clock.at("2026-07-16T11:59:59Z");
        assertThat(fixture.invoice()).isZero();
        fixture.clock.at("2026-07-16T12:00:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);

        assertThat(latest().kind()).isEqualTo(Invoice.Kind.ADJUSTMENT);
        assertThat(latest().lines())
                .extracting(line -> line.kind() + " " + line.amount())
                .containsExactly("ADJUSTMENT 0.60", "CREDIT -0.10");
        assertThat(latest().net()).isEqualByComparingTo("0.50");
        assertThat(latest().vatRate()).isEqualByComparingTo("19");
        assertThat(fixture.get(CreditService.class).of(anna).getFirst().invoice())
                .contains(latest().number());
        assertThat(fixture.invoice()).isZero();
    }

    @Test
    void lateEventsThatCostNothingCauseNoInvoice() {
        var id = subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.get(SubscriptionService.class).terminate(id, "2026-06-01T00:00:00+02:00");
        fixture.invoice();
        var late = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "0"));
        fixture.jdbc
                .sql("update synced_transaction_events set synced_at = '2026-06-01T00:00:00Z'")
                .update();

        fixture.clock.at("2026-07-16T12:00:00Z");

        assertThat(fixture.invoice()).isZero();
        assertThat(invoices.page(Optional.of(anna), Optional.empty(), 10)).hasSize(1);
        assertThat(fixture.cost(late).estimate()).isFalse();
    }

    @Test
    void implausibleEnergyIsNotInvoicedUntilItIsConfirmed() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        var open = fixture.session(Optional.of(anna), Instant.parse("2026-05-10T09:00:00Z"), false);
        fixture.write(open, 0, new Event("2026-05-10T10:00:00Z", "90", "implausible"), false);
        fixture.invoice();
        assertThat(only().net()).isEqualByComparingTo("10.00");

        fixture.jdbc.sql("""
                    insert into confirmed_energy (steve_transaction_id, up_to_position, confirmed_by, confirmed_at)
                    values (?, 0, ?, now())
                    """).params(open.value(), anna.value()).update();
        fixture.clock.at("2026-07-02T12:00:00Z");
        fixture.invoice();

        assertThat(latest().net()).isEqualByComparingTo("29.00"); // 10 + 10 × 0.30 + 80 × 0.20
    }

    @Test
    void theDatabaseRefusesToChangeAFinalInvoiceOrItsEvents() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "8"));
        fixture.get(CreditService.class).grant(anna, "1", "Sorry", Optional.empty(), anna);
        fixture.invoice();

        for (var sql : List.of(
                "update invoices set total = total + 1, net = net + 1",
                "delete from invoices",
                "update invoice_lines set amount = 0",
                "delete from invoice_lines",
                "insert into invoice_lines select invoice_id, 99, kind, null, text, null, null, 1 from invoice_lines"
                        + " limit 1",
                "update synced_transaction_events set kwh_delta = 0",
                "delete from synced_transaction_events",
                "delete from sealed_events",
                "update sealed_events set before_kwh = 1",
                "update credits set amount = 2",
                "update credits set invoice_id = null",
                "delete from credits",
                "update invoiced_sessions set steve_transaction_id = 0",
                "delete from invoiced_sessions",
                "update plans set fee = 0",
                "delete from plans")) {
            assertThatThrownBy(() -> fixture.jdbc.sql(sql).update()).as(sql).isInstanceOf(RuntimeException.class);
        }
        TestIssuer.save(fixture.jdbc);
        fixture.get(InvoiceFinalizer.class).finalizePrepared(Duration.ofMinutes(1));
        invoices.markPaid(only().number());
        assertThat(only().paidAt()).contains(fixture.clock.instant());
        assertThatThrownBy(() -> fixture.get(SubscriptionService.class)
                        .terminate(
                                fixture.get(SubscriptionService.class)
                                        .of(anna)
                                        .getFirst()
                                        .id(),
                                "2026-05-20T00:00:00Z"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void anUnsupportedPlanIsNotInvoicedAndReportedToOperators() {
        fixture.subscribe(
                anna,
                fixture.plan("monthly", BillingFixture.charge("percentage", "{'rate':'1'}")),
                "2026-05-01T00:00:00Z",
                Optional.empty());

        assertThat(fixture.invoice()).isZero();
        assertThat(invoicing.held().getFirst().because().english()).contains("percentage");
    }

    @Test
    void anotherDriversInvoiceIsNotFound() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.invoice();

        assertThat(invoices.find("2026-000001", anna)).isPresent();
        assertThat(invoices.find("2026-000001", fixture.driver())).isEmpty();
        assertThat(invoices.page(Optional.of(anna), Optional.of("2026-000001"), 10))
                .isEmpty();
    }

    @Test
    void allErrorsInACreditAreReportedAtOnce() {

        assertThatThrownBy(() -> fixture.get(CreditService.class)
                        .grant(new AccountId(99), "0.001", " ", Optional.of(new SessionId(9)), anna))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly("driverId", "amount", "reason", "sessionId"));
    }

    /**
     * An invoice never changes and no balance is carried over: a credit above the amount owed is paid to the driver.
     */
    @Test
    void aCreditAboveTheAmountOwedMakesTheTotalNegative() {
        subscribed(false, "2026-05-01T00:00:00+02:00");
        fixture.get(CreditService.class).grant(anna, "25", "A week without a charger", Optional.empty(), anna);

        fixture.invoice();

        assertThat(only().net()).isEqualByComparingTo("-15.00"); // 10 − 25
        assertThat(only().vat()).isEqualByComparingTo("-2.85"); // −15 × 0.19
        assertThat(only().total()).isEqualByComparingTo("-17.85");
    }

    private SubscriptionId subscribed(boolean payInAdvance, String from) {
        return fixture.subscribe(
                anna,
                fixture.tiered(payInAdvance),
                OffsetDateTime.parse(from).toInstant(),
                Optional.empty(),
                "calendar",
                BillingFixture.BERLIN);
    }

    private Invoice only() {
        assertThat(invoices.page(Optional.of(anna), Optional.empty(), 10)).hasSize(1);
        return latest();
    }

    private Invoice latest() {
        var number =
                invoices.page(Optional.of(anna), Optional.empty(), 1).getFirst().number();
        return invoices.find(number, anna).orElseThrow();
    }
}
