package express.polaris.demo;

import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.platform.settings.SettingsLoader;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Issues the invoices of past months as soon as the demo's history is imported, without waiting for the next scheduled
 * run.
 */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoInvoices {

    private final InvoicingJob invoicing;
    private volatile boolean done;

    DemoInvoices(InvoicingJob invoicing) {
        this.invoicing = invoicing;
    }

    /** Repeats the run until no due invoice is held: invoices are held until all their sessions are imported. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void untilNoneIsHeld() {
        if (!done) {
            invoicing.run(Optional.empty());
            done = invoicing.held().isEmpty();
        }
    }
}
