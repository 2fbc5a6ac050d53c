package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.InvoiceFilter.State;
import express.polaris.units.Money;
import express.polaris.web.Shell;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Page {@code /operator/invoices}.
 *
 * @param driver driver that the list is limited to; absent for all drivers
 * @param years years to choose from, latest first
 * @param tallies number of invoices by state that match the other filters
 * @param sums sums of all matching invoices, by currency
 * @param held invoices that are due but held back
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

    /**
     * @param outstanding part of the total that is open or overdue
     */
    public record Sum(long invoices, Money net, Money vat, Money total, Money outstanding) {}

    /**
     * @param because what the invoice waits for, written for operators
     */
    public record Held(String driver, String driverHref, String plan, String because) {}

    public long tally(State state) {
        return tallies.getOrDefault(state, 0L);
    }

    public long all() {
        return tallies.values().stream().mapToLong(Long::longValue).sum();
    }
}
