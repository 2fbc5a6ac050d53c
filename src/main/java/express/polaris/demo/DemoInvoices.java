package express.polaris.demo;

import express.polaris.billing.Invoicing;
import express.polaris.settings.SettingsLoader;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Draws up the invoices of the months before as soon as the demo's history is in, not only at the next regular run. */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoInvoices {

    private final Invoicing invoicing;
    private volatile boolean done;

    DemoInvoices(Invoicing invoicing) {
        this.invoicing = invoicing;
    }

    /** Invoices that are due are held until everything that belongs to them was imported. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void untilNoneIsHeld() {
        if (!done) {
            invoicing.run(Optional.empty());
            done = invoicing.held().isEmpty();
        }
    }
}
