package express.polaris.console.money;

import express.polaris.documents.InvoiceView;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.time.LocalDate;

/**
 * Page {@code /operator/invoices/{number}}.
 *
 * @param today in the viewer's zone
 * @param recipient current name of the driver
 * @param paidOn day of payment as typed
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

    public String xmlHref() {
        return "/api/v1/operator/invoices/" + invoice.number() + ".xml";
    }
}
