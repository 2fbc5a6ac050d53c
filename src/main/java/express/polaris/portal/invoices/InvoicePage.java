package express.polaris.portal.invoices;

import express.polaris.documents.InvoiceView;
import express.polaris.web.Shell;
import java.time.LocalDate;

/**
 * Page {@code /invoices/{number}}.
 *
 * @param today in the viewer's zone
 */
public record InvoicePage(Shell shell, LocalDate today, InvoiceView invoice) {}
