package express.polaris.portal.invoices;

import express.polaris.documents.InvoiceView;
import express.polaris.web.Shell;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /invoices}, latest first.
 *
 * @param today in the viewer's zone; an unpaid invoice due before it is overdue
 * @param nextHref absent on the last page
 */
public record InvoiceListPage(Shell shell, LocalDate today, List<InvoiceView> invoices, Optional<String> nextHref) {}
