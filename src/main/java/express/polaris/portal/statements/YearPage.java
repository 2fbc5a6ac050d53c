package express.polaris.portal.statements;

import express.polaris.billing.statements.StatementYear;
import express.polaris.web.Shell;

/** Page {@code /statements/years/{year}}. */
public record YearPage(Shell shell, StatementYear year) {}
