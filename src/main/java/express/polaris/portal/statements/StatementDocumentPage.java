package express.polaris.portal.statements;

import express.polaris.documents.Format;
import express.polaris.documents.StatementView;
import express.polaris.web.Shell;
import java.util.List;

/**
 * Page {@code /statements/{number}}.
 *
 * @param format the viewer's language, the statement's zone
 * @param others numbers of the other statements of the month
 */
public record StatementDocumentPage(Shell shell, Format format, StatementView view, List<String> others) {}
