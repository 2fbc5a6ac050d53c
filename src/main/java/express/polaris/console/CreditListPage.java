package express.polaris.console;

import express.polaris.billing.Credit;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/credits}.
 *
 * @param nextHref absent on the last page
 */
public record CreditListPage(
        Shell shell, List<Row> rows, Optional<String> nextHref, Form form, List<String> drivers, FieldFaults faults) {

    /** @param driver their name now */
    public record Row(Credit credit, String driver, String driverHref) {

        public String invoiceHref() {
            return credit.invoice().map(ConsolePaths::invoice).orElse("");
        }
    }

    /**
     * A credit as it was typed.
     *
     * @param driver an e-mail address or number
     * @param session empty for none
     */
    public record Form(String driver, String amount, String reason, String session) {}
}
