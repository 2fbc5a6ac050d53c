package express.polaris.documents;

import express.polaris.billing.invoicing.InvoiceFinalized;
import express.polaris.billing.invoicing.InvoiceService;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Job that makes the documents of finalized invoices. The queue is written together with the invoice, so none is
 * forgotten. Safe on several nodes: a claim gives each invoice to one node, and only the first documents are stored.
 */
@Service
class InvoiceDocumentJob {

    private static final Logger log = LoggerFactory.getLogger(InvoiceDocumentJob.class);
    private static final int AT_A_TIME = 10;

    private final InvoiceDocumentRepository queue;
    private final InvoiceDocuments documents;
    private final InvoiceService invoices;
    private final Clock clock;

    InvoiceDocumentJob(
            InvoiceDocumentRepository queue, InvoiceDocuments documents, InvoiceService invoices, Clock clock) {
        this.queue = queue;
        this.documents = documents;
        this.invoices = invoices;
        this.clock = clock;
    }

    @EventListener
    void on(InvoiceFinalized event) {
        queue.queue(event.number(), clock.instant());
    }

    /** Makes what is queued; an invoice that fails is logged and tried again after ten minutes. */
    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT5S")
    void run() {
        for (var claimed = claim(); !claimed.isEmpty(); claimed = claim()) {
            claimed.forEach(this::make);
        }
    }

    private List<String> claim() {
        return queue.claim(clock.instant(), AT_A_TIME);
    }

    private void make(String number) {
        try {
            invoices.find(number).ifPresent(documents::made);
        } catch (RuntimeException e) {
            log.error("Cannot make the documents of invoice {}", number, e);
        }
    }
}
