package express.polaris.portal;

import express.polaris.documents.InvoiceView;
import express.polaris.web.Shell;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /invoices}, the latest first.
 *
 * @param today in the viewer's zone: what is due before it and not paid is overdue
 * @param nextHref absent on the last page
 */
public record InvoiceListPage(Shell shell, LocalDate today, List<InvoiceView> invoices, Optional<String> nextHref) {}
