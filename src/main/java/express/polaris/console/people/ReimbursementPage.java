package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.Statement;
import express.polaris.web.Shell;
import express.polaris.web.views.ReimbursementForm;
import java.util.List;

/**
 * Page {@code /operator/drivers/{id}/reimbursement}.
 *
 * @param terms as stored
 * @param statements latest statements, without lines
 */
public record ReimbursementPage(
        Shell shell, Account driver, Reimbursement terms, ReimbursementForm form, List<Statement> statements) {

    public String driverHref() {
        return "/operator/drivers/" + driver.id();
    }

    public String href() {
        return driverHref() + "/reimbursement";
    }
}
