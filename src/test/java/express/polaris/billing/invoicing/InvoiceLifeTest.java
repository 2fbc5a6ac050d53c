package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.BankAccount;
import express.polaris.billing.parties.Recipient;
import express.polaris.billing.parties.VatNote;
import express.polaris.platform.refusals.Conflict;
import express.polaris.testing.TestIssuer;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a number without an issuer to the final invoice. */
class InvoiceLifeTest {

    private final BillingFixture billing = new BillingFixture();
    private AccountId anna = new AccountId(0);
    private AccountId operator = new AccountId(0);

    @BeforeEach
    void annaChargedInMay() {
        anna = billing.driver();
        operator = billing.driver();
        billing.subscribe(anna, billing.tiered(false), "2026-04-30T22:00:00Z", Optional.empty());
        billing.charged(anna, new BillingFixture.Event("2026-05-10T10:00:00Z", "10"));
        billing.clock.at("2026-06-02T12:00:00Z");
    }

    @Test
    void withoutAnIssuerAnInvoiceIsNumberedAndPrepared() {
        assertThat(billing.invoice()).isEqualTo(1);
        var invoice = only();
        assertThat(invoice.number()).isEqualTo("2026-000001");
        assertThat(invoice.status()).isEqualTo(Invoice.Status.PREPARED);
        assertThat(invoice.parties()).isEmpty();
        assertThat(invoice.total()).isEqualByComparingTo("15.47"); // (10 + 10×0.30) × 1.19
        assertThat(months("UNPAID")).isEqualByComparingTo("15.47");
        assertThat(update("vat = 0, vat_rate = 0, total = net")).contains("is final");
        assertThat(update("finalized_at = now()")).contains("is final");
    }

    @Test
    void savingTheIssuerFinalizesWhatIsPrepared() {
        billing.invoice();
        billing.clock.at("2026-06-20T12:00:00Z");
        assertThat(save("none")).isEqualTo(1);
        var invoice = only();
        assertThat(invoice.status()).isEqualTo(Invoice.Status.FINALIZED);
        assertThat(invoice.issuedOn()).isEqualTo(LocalDate.of(2026, 6, 20));
        assertThat(invoice.dueOn()).isEqualTo(LocalDate.of(2026, 7, 4)); // 20 June + 14 days
        var parties = invoice.parties().orElseThrow();
        assertThat(parties.issuer().bank())
                .contains(new BankAccount("Ladewerk GmbH", TestIssuer.IBAN, Optional.empty()));
        assertThat(parties.recipient().kind()).isEqualTo(Recipient.Kind.PERSON);
        assertThat(parties.recipient().name()).isEqualTo("Anna");
        assertThat(invoice.total()).isEqualByComparingTo("15.47");
        assertThat(save("none")).isZero();
    }

    /** Red means that an invoice that waited for an issuer is in the export of no month. */
    @Test
    void aPreparedInvoiceIsIssuedInTheMonthInWhichItGoesOut() {
        billing.invoice();
        var number = only().number();
        billing.clock.at("2026-08-05T12:00:00Z");
        save("none");
        assertThat(only().number()).isEqualTo(number);
        assertThat(only().issuedOn()).isEqualTo(LocalDate.of(2026, 8, 5));
        assertThat(billing.jdbc
                        .sql("select month from invoice_months where invoices > 0")
                        .query(LocalDate.class)
                        .list())
                .containsExactly(LocalDate.of(2026, 8, 1));
        var august = new InvoiceJournal.Period(
                InvoiceJournal.By.ISSUED,
                LocalDate.of(2026, 8, 1),
                LocalDate.of(2026, 8, 31),
                ZoneId.of("Europe/Berlin"),
                Optional.empty());
        assertThat(billing.get(InvoiceJournal.class).page(august, Optional.empty(), 9))
                .extracting(Invoice::number)
                .containsExactly(number);
        var found = new InvoiceFilter(
                Optional.empty(),
                Optional.of(LocalDate.of(2026, 8, 1)),
                Optional.of(LocalDate.of(2026, 8, 31)),
                Optional.empty(),
                "",
                LocalDate.of(2026, 8, 5));
        assertThat(billing.get(InvoiceSearch.class).page(found, Optional.empty(), 9))
                .extracting(Invoice::number)
                .containsExactly(number);
    }

    /** Red means that an invoice of a small business shows VAT, which it would then owe. */
    @Test
    void anIssuerWithoutVatTakesItOffAndTheSumsFollow() {
        billing.invoice();
        save("small_business");
        var invoice = only();
        assertThat(invoice.vatRate()).isZero();
        assertThat(invoice.total()).isEqualByComparingTo("13.00"); // 10 + 10×0.30
        assertThat(months("UNPAID")).isEqualByComparingTo("13.00");
    }

    @Test
    void withAnIssuerAnInvoiceIsFinalAtOnceAndKeepsItsVersion() {
        save("none");
        billing.invoice();
        save("small_business");
        var invoice = only();
        assertThat(invoice.status()).isEqualTo(Invoice.Status.FINALIZED);
        assertThat(invoice.parties().orElseThrow().issuer().version()).isEqualTo(1);
        assertThat(invoice.total()).isEqualByComparingTo("15.47");
        assertThatThrownBy(() ->
                        billing.jdbc.sql("update issuers set city = 'Bonn'").update())
                .hasMessageContaining("refused");
    }

    @Test
    void severalNodesFinalizeEachInvoiceOnce() throws Exception {
        for (int number = 0; number < 12; number++) {
            var driver = billing.driver();
            billing.subscribe(driver, billing.tiered(false), "2026-04-30T22:00:00Z", Optional.empty());
        }
        assertThat(billing.invoice()).isEqualTo(13);
        TestIssuer.save(billing.jdbc);
        var finalizer = billing.get(InvoiceFinalizer.class);
        var start = new CountDownLatch(1);
        try (var nodes = Executors.newFixedThreadPool(2)) {
            var one = nodes.submit(() -> finalized(finalizer, start));
            var other = nodes.submit(() -> finalized(finalizer, start));
            start.countDown();
            assertThat(one.get() + other.get()).isEqualTo(13);
        }
    }

    @Test
    void aCancellationCreditsEveryLineAndItsReplacementBillsTheSameRows() {
        save("small_business");
        billing.invoice();
        var billed = only();
        var sealed = sealedRows();
        save("none");
        var cancelled = cancel(billed.number(), true);

        var cancellation = cancelled.cancellation();
        assertThat(cancellation.number()).isEqualTo("2026-000002");
        assertThat(cancellation.kind()).isEqualTo(Invoice.Kind.CANCELLATION);
        assertThat(cancellation.isCreditNote()).isTrue();
        assertThat(cancellation.cancels()).contains(billed.number());
        assertThat(cancellation.cancellation())
                .contains(new Invoice.Cancellation(billed.issuedOn(), Optional.of("Wrong address")));
        assertThat(cancellation.parties().orElseThrow().issuer().version()).isEqualTo(1);
        assertThat(cancellation.total()).isEqualByComparingTo("-13.00");
        for (int place = 0; place < billed.lines().size(); place++) {
            var line = billed.lines().get(place);
            var back = cancellation.lines().get(place);
            assertThat(back.amount()).isEqualByComparingTo(line.amount().negate());
            assertThat(back.unitPrice()).isEqualTo(line.unitPrice());
            assertThat(back.energy().map(Energy::kilowattHours))
                    .isEqualTo(line.energy().map(Energy::kilowattHours).map(BigDecimal::negate));
        }

        var replacement = cancelled.replacement().orElseThrow();
        assertThat(replacement.replaces()).contains(billed.number());
        assertThat(replacement.kind()).isEqualTo(Invoice.Kind.PERIOD);
        assertThat(replacement.parties().orElseThrow().issuer().version()).isEqualTo(2);
        assertThat(replacement.total()).isEqualByComparingTo("15.47"); // 13.00 × 1.19
        assertThat(replacement.lines()).isEqualTo(billed.lines());
        assertThat(sealedRows()).isEqualTo(sealed);

        var now = billing.get(InvoiceService.class).find(billed.number()).orElseThrow();
        assertThat(now.status()).isEqualTo(Invoice.Status.CANCELLED);
        assertThat(now.cancelledBy()).contains(cancellation.number());
        assertThat(months("UNPAID")).isEqualByComparingTo("15.47");
        assertThat(months("SETTLED")).isEqualByComparingTo("0.00"); // 13.00 − 13.00
        assertThatThrownBy(() -> cancel(billed.number(), false)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> cancel(cancellation.number(), false)).isInstanceOf(Conflict.class);
        assertThat(cancel(replacement.number(), true)
                        .replacement()
                        .orElseThrow()
                        .replaces())
                .contains(replacement.number());
    }

    @Test
    void withoutAReplacementACreditIsOpenAgain() {
        save("none");
        billing.get(CreditService.class).grant(anna, "5", "Sorry", Optional.empty(), operator);
        billing.invoice();
        assertThat(only().total()).isEqualByComparingTo("9.52"); // (13 − 5) × 1.19
        var cancelled = cancel(only().number(), false);
        assertThat(cancelled.replacement()).isEmpty();
        assertThat(cancelled.cancellation().total()).isEqualByComparingTo("-9.52");
        assertThat(billing.get(CreditService.class).of(anna))
                .extracting(Credit::invoice)
                .containsExactly(Optional.empty(), cancelled.cancellation().cancels());
    }

    @Test
    void theCreditOfAReplacedInvoiceIsOpenAgainWhenItsReplacementIsCancelled() {
        save("none");
        billing.get(CreditService.class).grant(anna, "5", "Sorry", Optional.empty(), operator);
        billing.invoice();
        var second = cancel(only().number(), true).replacement().orElseThrow();
        var third = cancel(second.number(), true).replacement().orElseThrow();
        assertThat(openCredits()).isZero();
        cancel(third.number(), false);
        assertThat(openCredits()).isEqualTo(1);
    }

    private long openCredits() {
        return billing.get(CreditService.class).of(anna).stream()
                .filter(credit -> credit.invoice().isEmpty())
                .count();
    }

    /** Red means that a driver is asked for the same money twice, or that it is booked twice. */
    @Test
    void theReplacementOfAPaidInvoiceIsPaidByTheSameMoney() {
        save("none");
        billing.invoice();
        var paid = billing.get(InvoiceService.class).markPaid(only().number());
        var replacement = cancel(paid.number(), true).replacement().orElseThrow();
        assertThat(replacement.paidAt()).isEqualTo(paid.paidAt()).isPresent();
        var june = new InvoiceJournal.Period(
                InvoiceJournal.By.PAID,
                LocalDate.of(2026, 6, 1),
                LocalDate.of(2026, 6, 30),
                ZoneId.of("Europe/Berlin"),
                Optional.empty());
        assertThat(billing.get(InvoiceJournal.class).page(june, Optional.empty(), 9))
                .extracting(Invoice::number)
                .containsExactly(paid.number());

        save("small_business");
        assertThatThrownBy(() -> cancel(replacement.number(), true))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("is paid with 15.47 EUR, and a replacement would have a total of 13.00 EUR");
    }

    /** Red means that the driver is asked for money because a credit note was wrong. */
    @Test
    void theCancellationOfACreditNoteIsNoDebt() {
        save("none");
        billing.get(CreditService.class).grant(anna, "20", "Sorry", Optional.empty(), operator);
        billing.invoice();
        var cancellation = cancel(only().number(), false).cancellation();
        assertThat(cancellation.total()).isEqualByComparingTo("8.33"); // (20 − 13) × 1.19
        assertThat(months("SETTLED")).isEqualByComparingTo("0.00"); // −8.33 + 8.33
        assertThat(unpaidMonths()).isZero();
        var later = new InvoiceFilter(
                Optional.of(anna),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                cancellation.dueOn().plusDays(60));
        assertThat(billing.get(InvoiceSearch.class).sums(later))
                .extracting(InvoiceSearch.Sum::state)
                .containsExactly(InvoiceFilter.State.SETTLED);
    }

    /** Red means that people at home are invoiced without the VAT that the issuer owes for them. */
    @Test
    void aReverseChargeIsForCompaniesAbroad() {
        billing.invoice();
        save("reverse_charge");
        assertThat(only().total()).isEqualByComparingTo("15.47"); // Anna is a person
        company("DE", "DE123456789");
        assertThat(replaced().total()).isEqualByComparingTo("15.47");
        company("CH", "CHE123456789MWST");
        var abroad = replaced();
        assertThat(abroad.total()).isEqualByComparingTo("13.00");
        assertThat(abroad.vatRate()).isZero();
        assertThat(abroad.parties().orElseThrow().vatNote()).isEqualTo(VatNote.REVERSE_CHARGE);
        company("DE", "DE123456789");
        var home = replaced();
        assertThat(home.total()).isEqualByComparingTo("15.47");
        assertThat(home.parties().orElseThrow().vatNote()).isEqualTo(VatNote.NONE);
    }

    /** Red means that a replacement is addressed to nobody once its driver has left. */
    @Test
    void theReplacementForADeletedAccountKeepsTheRecipient() {
        save("none");
        company("CH", "CHE123456789MWST");
        billing.invoice();
        billing.jdbc.sql("delete from billing_addresses").update();
        billing.jdbc
                .sql(
                        "update accounts set name = '–', email = 'gone@people.example', disabled_at = now(), deleted_at = now() where id = ?")
                .param(anna.value())
                .update();
        var before = only().parties().orElseThrow().recipient();
        assertThat(before.name()).isEqualTo("Anna AG");
        assertThat(replaced().parties().orElseThrow().recipient()).isEqualTo(before);
    }

    @Test
    void aFormatWithoutTheYearGoesOnCounting() {
        save("none");
        billing.invoice();
        assertThat(replaced().number()).isEqualTo("2026-000003");
        billing.jdbc.sql("""
            insert into issuers
            select (jsonb_populate_record(i, '{"version": 2, "number_format": "R{number}"}')).* from issuers i
            """).update();
        assertThat(replaced().number()).isEqualTo("R5"); // R4 is the cancellation
    }

    private Invoice replaced() {
        return cancel(only().number(), true).replacement().orElseThrow();
    }

    @Test
    void theLongestVatIdsAreStored() {
        company("CH", "CHE123456789MWST");
        assertThat(billing.jdbc
                        .sql("select vat_id from billing_addresses")
                        .query(String.class)
                        .list())
                .containsExactly("CHE123456789MWST");
    }

    private int unpaidMonths() {
        return billing.jdbc
                .sql("select count(*) from invoice_months where state = 'UNPAID'")
                .query(Integer.class)
                .single();
    }

    @Test
    void aPreparedInvoiceIsNotCancelled() {
        billing.invoice();
        assertThatThrownBy(() -> cancel(only().number(), true)).isInstanceOf(Conflict.class);
    }

    /** Fails if a prepared or cancelled invoice can be paid. */
    @Test
    void onlyAFinalInvoiceThatStandsIsMarkedAsPaid() {
        billing.invoice();
        var invoices = billing.get(InvoiceService.class);
        var number = only().number();
        assertThatThrownBy(() -> invoices.markPaid(number)).isInstanceOf(Conflict.class);
        save("none");
        cancel(number, false);
        assertThatThrownBy(() -> invoices.markPaid(number)).isInstanceOf(Conflict.class);
        assertThat(billing.get(InvoiceJournal.class).markPaid(Map.of(number, billing.clock.instant())))
                .isZero();
        assertThat(invoices.find(number).orElseThrow().isPaid()).isFalse();
    }

    @Test
    void linesOfSessionsSayWhenAndWhere() {
        billing.jdbc
                .sql("insert into chargers (charge_box_id, name, location, created_at) values ('cp1', 'Garage left',"
                        + " 'Köln', now())")
                .update();
        billing.invoice();
        var facts = only().lines().stream()
                .map(InvoiceLine::subject)
                .filter(LineSubject.OneSession.class::isInstance)
                .map(LineSubject.OneSession.class::cast)
                .findFirst()
                .flatMap(LineSubject.OneSession::facts)
                .orElseThrow();
        assertThat(facts.startedAt()).isEqualTo("2026-05-10T10:00:00Z");
        assertThat(facts.charger()).contains("Garage left");
        assertThat(facts.place()).contains("Köln");
    }

    private void company(String country, String vatId) {
        billing.jdbc.sql("""
                    insert into billing_addresses (driver_id, kind, name, street, postcode, city, country, vat_id, updated_at)
                    values (?, 'company', 'Anna AG', 'Seestrasse 1', '8001', 'Town', ?, ?, now())
                    on conflict (driver_id) do update set country = excluded.country, vat_id = excluded.vat_id
                    """).param(anna.value()).param(country).param(vatId).update();
    }

    private CancellationService.Cancelled cancel(String number, boolean replace) {
        return billing.get(CancellationService.class).cancel(operator, number, "Wrong address", replace);
    }

    private List<? extends Map<String, ? extends @Nullable Object>> sealedRows() {
        return billing.jdbc
                .sql("select * from sealed_events order by 1, 2")
                .query()
                .listOfRows();
    }

    private static int finalized(InvoiceFinalizer finalizer, CountDownLatch start) throws InterruptedException {
        start.await();
        return finalizer.finalizePrepared(Duration.ofMinutes(1));
    }

    private Invoice only() {
        var number = billing.get(InvoiceService.class)
                .page(Optional.of(anna), Optional.empty(), 2)
                .getFirst()
                .number();
        return billing.get(InvoiceService.class).find(number, anna).orElseThrow();
    }

    private int save(String vatNote) {
        return billing.get(OperatorIssuer.class)
                .save(operator, TestIssuer.wanted(vatNote))
                .finalized();
    }

    private BigDecimal months(String state) {
        return billing.jdbc
                .sql("select sum(total) from invoice_months where state = ?")
                .param(state)
                .query(BigDecimal.class)
                .single();
    }

    private String update(String change) {
        try {
            billing.jdbc.sql("update invoices set " + change).update();
            return "changed";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
