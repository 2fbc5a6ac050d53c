package express.polaris.messages.mail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metrics of waiting and given-up mails. */
@Component
class MailMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(MailMetrics.class);

    private final OperatorMails mails;
    private volatile Optional<OperatorMails.Queue> queue = Optional.empty();

    MailMetrics(OperatorMails mails) {
        this.mails = mails;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "waiting", OperatorMails.Queue::waiting);
        gauge(registry, "failed", OperatorMails.Queue::failed);
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT30S")
    void look() {
        try {
            queue = Optional.of(mails.queue());
        } catch (DataAccessException e) {
            log.warn("Cannot count the mails for the metrics; keeping the last values", e);
        }
    }

    private void gauge(MeterRegistry registry, String state, ToDoubleFunction<OperatorMails.Queue> count) {
        Gauge.builder(
                        "polaris.mails",
                        this,
                        it -> it.queue.map(known -> count.applyAsDouble(known)).orElse(Double.NaN))
                .description("Mails waiting, and mails given up in the last 24 hours")
                .baseUnit("mails")
                .tag("state", state)
                .register(registry);
    }
}
