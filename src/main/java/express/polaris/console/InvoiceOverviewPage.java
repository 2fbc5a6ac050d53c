package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.billing.InvoiceFilter.State;
import express.polaris.units.Money;
import express.polaris.web.Shell;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page {@code /operator/invoices}.
 *
 * @param driver whose invoices alone are shown
 * @param years that can be chosen, the latest first
 * @param tallies how many the rest of the filter leaves of each state
 * @param sums of all that the filter leaves, by currency
 * @param held what is due and waits
 * @param nextHref absent on the last page
 */
public record InvoiceOverviewPage(
        Shell shell,
        LocalDate today,
        InvoiceQuery query,
        Optional<Account> driver,
        List<Integer> years,
        Map<State, Long> tallies,
        List<Sum> sums,
        List<Held> held,
        List<InvoiceRow> rows,
        Optional<String> nextHref) {

    /** @param outstanding of the total, open or overdue */
    public record Sum(long invoices, Money net, Money vat, Money total, Money outstanding) {}

    /** @param because for operators: what an invoice waits for */
    public record Held(String driver, String driverHref, String plan, String because) {}

    public long tally(State state) {
        return tallies.getOrDefault(state, 0L);
    }

    public long all() {
        return tallies.values().stream().mapToLong(Long::longValue).sum();
    }
}
