package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.billing.Credit;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/credits}.
 *
 * @param nextHref absent on the last page
 * @param drivers those of whom one has to be chosen, since all are called as was typed
 */
public record CreditListPage(
        Shell shell, List<Row> rows, Optional<String> nextHref, Form form, List<Account> drivers, FieldFaults faults) {

    /** @param driver their name now */
    public record Row(Credit credit, String driver, String driverHref) {

        public String invoiceHref() {
            return credit.invoice().map(ConsolePaths::invoice).orElse("");
        }
    }

    /**
     * A credit as it was typed.
     *
     * @param driver an e-mail address, a number, or a part of a name
     * @param chosen the number of one of those who are called like that
     * @param session empty for none
     */
    public record Form(String driver, String chosen, String amount, String reason, String session) {}
}
