package express.polaris.portal.statements;

import express.polaris.billing.statements.Reimbursement;
import express.polaris.billing.statements.Statement;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /statements}.
 *
 * @param statements without lines, last drawn up first
 * @param years with a statement, latest first
 * @param nextHref absent on the last page
 */
public record StatementListPage(
        Shell shell, Reimbursement terms, List<Statement> statements, List<Integer> years, Optional<String> nextHref) {

    /** Whether the driver has set up anything. */
    public boolean isSetUp() {
        return !terms.rates().isEmpty() || !statements.isEmpty();
    }
}
