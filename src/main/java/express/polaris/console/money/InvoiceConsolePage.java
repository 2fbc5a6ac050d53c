package express.polaris.console.money;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.documents.InvoiceView;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.time.LocalDate;
import java.util.Optional;

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
        FieldFaults faults,
        Life life) {

    /**
     * Where the invoice is in its life.
     *
     * @param mayCancel whether it is final, not cancelled, and no cancellation
     * @param mayReplace whether it is cancelled and has no replacement
     * @param cancels number of the invoice that this one credits; so are the others
     * @param reason why an operator cancelled it, or the invoice that it credits; empty if that was not kept
     */
    public record Life(
            boolean prepared,
            boolean mayCancel,
            boolean mayReplace,
            Optional<String> cancels,
            Optional<String> cancelledBy,
            Optional<String> replaces,
            Optional<String> replacedBy,
            Optional<String> reason) {

        /**
         * @param cancellation the invoice itself if it is a cancellation, or its cancellation
         */
        static Life of(Invoice invoice, Optional<Invoice> cancellation, Optional<String> replacedBy) {
            return new Life(
                    invoice.status() == Invoice.Status.PREPARED,
                    invoice.status() == Invoice.Status.FINALIZED && invoice.kind() != Invoice.Kind.CANCELLATION,
                    invoice.status() == Invoice.Status.CANCELLED && replacedBy.isEmpty(),
                    invoice.cancels(),
                    invoice.cancelledBy(),
                    invoice.replaces(),
                    replacedBy,
                    cancellation.flatMap(Invoice::cancellation).flatMap(Invoice.Cancellation::reason));
        }
    }

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
