package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.invoicing.InvoiceFilter.State;
import express.polaris.testing.TestIssuer;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** What is kept of invoices agrees with the invoices, and a page continues the one before. */
class InvoiceSearchTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 7, 20);

    private final BillingFixture fixture = new BillingFixture();
    private final InvoiceSearch search = new InvoiceSearch(fixture.jdbc, fixture.get(InvoiceRows.class));
    private final InvoiceService invoices = fixture.get(InvoiceService.class);
    private final List<AccountId> drivers = List.of(fixture.driver(), fixture.driver(), fixture.driver());

    @Test
    void keptSumsAreThoseOfTheInvoices() {
        severalMonths();
        for (var state : states()) {
            for (var month : List.of(Optional.<YearMonth>empty(), Optional.of(YearMonth.of(2026, 6)))) {
                var filter = filter(Optional.empty(), month, state, "");
                var counted = new ArrayList<InvoiceSearch.Sum>();
                for (var one : states().subList(1, 5)) {
                    var matching = page(filter(Optional.empty(), month, one, ""));
                    if (!matching.isEmpty() && (state.isEmpty() || state.equals(one))) {
                        var currency = matching.getFirst().currency();
                        counted.add(new InvoiceSearch.Sum(
                                one.orElseThrow(),
                                matching.size(),
                                money(matching.stream().map(Invoice::net).toList(), currency),
                                money(matching.stream().map(Invoice::vat).toList(), currency),
                                money(matching.stream().map(Invoice::total).toList(), currency)));
                    }
                }
                assertThat(search.sums(filter))
                        .as(filter.toString())
                        .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                                .build())
                        .containsExactlyInAnyOrderElementsOf(counted);
            }
        }
        assertThat(search.months(YearMonth.of(2026, 6)))
                .extracting(InvoiceSearch.Month::invoices)
                .containsExactly(3L, 3L);
    }

    @Test
    void onePageContinuesTheOther() {
        severalMonths();
        for (var text : List.of("", "2026-", "driver", "nobody")) {
            var all = page(filter(Optional.empty(), Optional.empty(), Optional.empty(), text));
            assertThat(all).hasSize("nobody".equals(text) ? 0 : 9);
            var paged = new ArrayList<String>();
            Optional<String> before = Optional.empty();
            for (int i = 0; i < all.size(); i++) {
                var one = search.page(filter(Optional.empty(), Optional.empty(), Optional.empty(), text), before, 1);
                paged.add(one.getFirst().number());
                before = Optional.of(one.getFirst().number());
            }
            assertThat(paged).isEqualTo(all.stream().map(Invoice::number).toList());
        }
    }

    @Test
    void aSearchIsByWholeMonths() {
        assertThatThrownBy(() -> new InvoiceFilter(
                        Optional.empty(),
                        Optional.of(LocalDate.of(2026, 6, 2)),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        TODAY))
                .hasMessageContaining("whole months");
    }

    /** Three invoices a month: one of each is paid, and a credit leaves nothing to pay of one. */
    private void severalMonths() {
        TestIssuer.save(fixture.jdbc);
        for (var driver : drivers) {
            fixture.subscribe(
                    driver,
                    fixture.plan("monthly", BillingFixture.standard("0.30")),
                    "2026-03-31T22:00:00Z",
                    Optional.empty());
            fixture.charged(
                    driver,
                    new Event("2026-04-10T10:00:00Z", "10"),
                    new Event("2026-05-10T10:00:00Z", "20"),
                    new Event("2026-06-10T10:00:00Z", "30"));
        }
        fixture.get(CreditService.class)
                .grant(drivers.getFirst(), "500", "Broken cable", Optional.empty(), drivers.getFirst());
        for (var at : List.of("2026-05-02T12:00:00Z", "2026-06-02T12:00:00Z", "2026-07-12T12:00:00Z")) {
            fixture.clock.at(at);
            assertThat(fixture.invoice()).isEqualTo(3);
            invoices.markPaid(invoices.page(Optional.of(drivers.getLast()), Optional.empty(), 1)
                    .getFirst()
                    .number());
        }
    }

    private static List<Optional<State>> states() {
        return List.of(
                Optional.empty(),
                Optional.of(State.OPEN),
                Optional.of(State.OVERDUE),
                Optional.of(State.PAID),
                Optional.of(State.SETTLED));
    }

    private List<Invoice> page(InvoiceFilter filter) {
        return search.page(filter, Optional.empty(), 100);
    }

    private static Money money(List<BigDecimal> amounts, Currency currency) {
        return new Money(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), currency);
    }

    private static InvoiceFilter filter(
            Optional<AccountId> driver, Optional<YearMonth> month, Optional<State> state, String text) {
        return new InvoiceFilter(
                driver, month.map(it -> it.atDay(1)), month.map(YearMonth::atEndOfMonth), state, text, TODAY);
    }
}
