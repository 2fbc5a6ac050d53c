package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.invoicing.InvoiceFilter.State;
import express.polaris.billing.invoicing.InvoiceSearch;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.InvoiceViewBuilder;
import express.polaris.units.Money;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import express.polaris.web.views.HoldWords;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Builds the list of invoices for a query. */
@Component
class InvoiceOverviewBuilder {

    private static final int ROWS = 50;
    private static final int YEARS = 6;
    private static final int MOST_HELD = 20;

    private final InvoiceSearch search;
    private final InvoiceViewBuilder views;
    private final InvoicingJob invoicing;
    private final SubscriptionService subscriptions;
    private final AccountService accounts;

    InvoiceOverviewBuilder(
            InvoiceSearch search,
            InvoiceViewBuilder views,
            InvoicingJob invoicing,
            SubscriptionService subscriptions,
            AccountService accounts) {
        this.search = search;
        this.views = views;
        this.invoicing = invoicing;
        this.subscriptions = subscriptions;
        this.accounts = accounts;
    }

    /**
     * @param before number of the last invoice of the previous page
     */
    InvoiceOverviewPage of(InvoiceQuery query, Optional<String> before, Shell shell, LocalDate today) {
        var filter = query.filter(today);
        var found = search.page(filter, before, ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var all = search.sums(filter.inAnyState());
        var tallies = new EnumMap<State, Long>(State.class);
        all.forEach(sum -> tallies.merge(sum.state(), sum.invoices(), Long::sum));
        return new InvoiceOverviewPage(
                shell,
                today,
                query,
                query.driver().map(AccountId::new).flatMap(accounts::find),
                IntStream.range(0, YEARS)
                        .mapToObj(back -> today.getYear() - back)
                        .toList(),
                tallies,
                sums(all.stream()
                        .filter(sum -> query.state().isEmpty() || query.state().get() == sum.state())
                        .toList()),
                held(new HoldWords(shell.texts(), shell.format())),
                shown.stream()
                        .map(invoice -> new InvoiceRow(
                                ConsolePaths.invoice(invoice.number()),
                                ConsolePaths.driver(invoice.driver()),
                                views.of(invoice, shell.texts(), shell.format())))
                        .toList(),
                found.size() > ROWS
                        ? Optional.of(query.hrefAfter(shown.getLast().number()))
                        : Optional.empty());
    }

    private static List<InvoiceOverviewPage.Sum> sums(List<InvoiceSearch.Sum> sums) {
        var byCurrency = new LinkedHashMap<Currency, InvoiceOverviewPage.Sum>();
        for (var sum : sums) {
            boolean owed = sum.state() == State.OPEN || sum.state() == State.OVERDUE;
            var own = new InvoiceOverviewPage.Sum(
                    sum.invoices(),
                    sum.net(),
                    sum.vat(),
                    sum.total(),
                    owed ? sum.total() : Money.zero(sum.total().currency()));
            byCurrency.merge(
                    sum.total().currency(),
                    own,
                    (one, other) -> new InvoiceOverviewPage.Sum(
                            one.invoices() + other.invoices(),
                            one.net().plus(other.net()),
                            one.vat().plus(other.vat()),
                            one.total().plus(other.total()),
                            one.outstanding().plus(other.outstanding())));
        }
        return List.copyOf(byCurrency.values());
    }

    private List<InvoiceOverviewPage.Held> held(HoldWords words) {
        return invoicing.held().stream()
                .limit(MOST_HELD)
                .flatMap(held -> subscriptions.find(held.subscription()).stream()
                        .map(subscription -> held(subscription, words.of(held.because()))))
                .toList();
    }

    private InvoiceOverviewPage.Held held(Subscription subscription, String because) {
        return new InvoiceOverviewPage.Held(
                accounts.find(subscription.driver()).map(Account::name).orElse(""),
                ConsolePaths.subscriptions(subscription.driver()),
                subscription.plan().name(),
                because);
    }
}
