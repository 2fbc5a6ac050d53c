package express.polaris.portal.statements;

import express.polaris.billing.statements.Reimbursement;
import express.polaris.web.Shell;
import express.polaris.web.views.ReimbursementForm;

/**
 * Page {@code /statements/terms}.
 *
 * @param terms as stored
 */
public record TermsPage(Shell shell, Reimbursement terms, ReimbursementForm form) {}
