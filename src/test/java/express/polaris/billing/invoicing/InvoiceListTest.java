package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture.Event;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The list of invoices: which invoices exist and who may see them. */
class InvoiceListTest {

    private final BillingFixture fixture = new BillingFixture();
    private final InvoiceService invoices = fixture.get(InvoiceService.class);
    private final AccountId anna = fixture.driver();

    @Test
    void aCursorOfAnotherDriversInvoiceActsLikeAnUnknownInvoice() {
        var ben = fixture.driver();
        for (var driver : List.of(anna, ben)) {
            subscribed(driver, "2026-03-31T22:00:00Z");
            fixture.charged(driver, new Event("2026-04-10T10:00:00Z", "1"), new Event("2026-05-10T10:00:00Z", "1"));
        }
        fixture.invoice();
        var bens = of(ben).getFirst();

        assertThat(after(Optional.of(anna), bens)).isEqualTo(after(Optional.of(anna), "2026-987654"));
        assertThat(after(Optional.of(ben), bens)).hasSize(1); // May's, then April's
        assertThat(after(Optional.empty(), of(anna).getFirst())).isNotEqualTo(after(Optional.empty(), bens));
    }

    @Test
    void aPeriodWithoutAmountsOrSessionsHasNoInvoice() {
        subscribed(anna, "2026-01-31T23:00:00Z");
        assertThat(fixture.invoice()).isZero(); // February, March, April, May
        assertThat(of(anna)).isEmpty();

        var june = fixture.charged(anna, new Event("2026-06-10T10:00:00Z", "2"));
        fixture.clock.at("2026-07-02T12:00:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(of(anna)).containsExactly("2026-000001");
        assertThat(invoices.ofSessions(List.of(june))).containsKey(june);
        assertThat(fixture.invoice()).isZero();
    }

    @Test
    void lateEnergyOfAPeriodWithoutAnInvoiceIsOnTheNextInvoice() {
        subscribed(anna, "2026-04-30T22:00:00Z");
        fixture.invoice();
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "2"));
        fixture.clock.at("2026-07-02T12:00:00Z");
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(lines(of(anna).getFirst())).containsExactly("ADJUSTMENT 0.60"); // 2 × 0.30
    }

    @Test
    void aCreditAloneCausesAnInvoice() {
        subscribed(anna, "2026-04-30T22:00:00Z");
        fixture.get(CreditService.class).grant(anna, "1", "Broken cable", Optional.empty(), anna);
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(lines(of(anna).getFirst())).containsExactly("CREDIT -1.00");
    }

    @Test
    void aFreeSessionIsListedOnAnInvoice() {
        fixture.subscribe(
                anna, fixture.plan("monthly", BillingFixture.standard("0")), "2026-04-30T22:00:00Z", Optional.empty());
        fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "2"));
        assertThat(fixture.invoice()).isEqualTo(1);
        assertThat(lines(of(anna).getFirst())).contains("OTHER_SESSIONS 0.00");
    }

    private void subscribed(AccountId driver, String from) {
        fixture.subscribe(driver, fixture.plan("monthly", BillingFixture.standard("0.30")), from, Optional.empty());
    }

    private List<String> of(AccountId driver) {
        return invoices.page(Optional.of(driver), Optional.empty(), 10).stream()
                .map(Invoice::number)
                .toList();
    }

    private List<Invoice> after(Optional<AccountId> driver, String number) {
        return invoices.page(driver, Optional.of(number), 10);
    }

    private List<String> lines(String number) {
        return invoices.find(number, anna).orElseThrow().lines().stream()
                .map(line -> line.kind() + " " + line.amount())
                .toList();
    }
}
