package express.polaris.console;

import express.polaris.documents.InvoiceView;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.LocalDate;

/**
 * The page {@code /operator/invoices/{number}}.
 *
 * @param today in the viewer's zone
 * @param recipient the driver's name now
 * @param paidOn the day of payment as it was typed
 */
public record InvoiceConsolePage(
        Shell shell,
        LocalDate today,
        InvoiceView invoice,
        String recipient,
        String driverHref,
        String creditHref,
        String paidOn,
        FieldFaults faults) {

    public String href() {
        return ConsolePaths.invoice(invoice.number());
    }

    public String pdfHref() {
        return "/api/v1/operator/invoices/" + invoice.number() + ".pdf";
    }
}
