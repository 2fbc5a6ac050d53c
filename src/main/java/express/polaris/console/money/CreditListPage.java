package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.Credit;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/credits}.
 *
 * @param nextHref absent on the last page
 * @param drivers drivers to choose from when the typed name is ambiguous
 */
public record CreditListPage(
        Shell shell, List<Row> rows, Optional<String> nextHref, Form form, List<Account> drivers, FieldFaults faults) {

    /**
     * @param driver current name of the driver
     */
    public record Row(Credit credit, String driver, String driverHref) {

        public String invoiceHref() {
            return credit.invoice().map(ConsolePaths::invoice).orElse("");
        }
    }

    /**
     * Form fields as typed.
     *
     * @param driver e-mail address, account id or part of a name
     * @param chosen id of the chosen driver when several match
     * @param session empty for none
     */
    public record Form(String driver, String chosen, String amount, String reason, String session) {}
}
