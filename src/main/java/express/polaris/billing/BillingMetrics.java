package express.polaris.billing;

import express.polaris.billing.cost.PriceFailures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metrics of failed price lookups and held invoices. */
@Component
class BillingMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(BillingMetrics.class);

    private final PriceFailures failures;
    private final BillingConcerns concerns;
    private final Clock clock;
    private volatile Optional<BillingConcerns.InvoicesWaiting> waiting = Optional.empty();

    BillingMetrics(PriceFailures failures, BillingConcerns concerns, Clock clock) {
        this.failures = failures;
        this.concerns = concerns;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("polaris.pricing.failures", failures, PriceFailures::count)
                .description("Failed lookups of session prices on this node")
                .baseUnit("failures")
                .register(registry);
        Gauge.builder(
                        "polaris.billing.held",
                        () -> waiting.map(BillingConcerns.InvoicesWaiting::held).orElse(0L))
                .description("Invoices that are due but held back")
                .baseUnit("invoices")
                .register(registry);
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT1M")
    void look() {
        try {
            waiting = Optional.of(concerns.invoicesWaiting(clock.instant()));
        } catch (DataAccessException e) {
            log.warn("Cannot count the held invoices for the metrics; keeping the last value", e);
        }
    }
}
