package express.polaris.billing.invoicing;

import express.polaris.billing.invoicing.InvoiceSchedule.State;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.platform.database.RetriedTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Job that draws up invoices. Safe on several nodes: a claim gives each subscription to one node, each invoice is
 * one transaction with the sealing of its events, and a period is invoiced only once.
 */
@Service
public class InvoicingJob {

    /** Minimum delay between a period's end and its invoice, because readings can arrive late. */
    public static final Duration GRACE = Duration.ofHours(6);

    private static final Logger log = LoggerFactory.getLogger(InvoicingJob.class);
    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofSeconds(5);
    private static final Duration PREPARED_AT_A_TIME = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT = Duration.ofDays(31);

    private final InvoiceSchedule schedule;
    private final SubscriptionRepository subscriptions;
    private final HeldInvoices heldInvoices;
    private final FinalInvoices lastBills;
    private final InvoiceWriter writer;
    private final InvoiceFinalizer finalizer;
    private final TransactionTemplate transaction;
    private final Clock clock;

    InvoicingJob(
            InvoiceSchedule schedule,
            SubscriptionRepository subscriptions,
            HeldInvoices heldInvoices,
            FinalInvoices lastBills,
            InvoiceWriter writer,
            InvoiceFinalizer finalizer,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.schedule = schedule;
        this.subscriptions = subscriptions;
        this.heldInvoices = heldInvoices;
        this.lastBills = lastBills;
        this.writer = writer;
        this.finalizer = finalizer;
        this.transaction = new RetriedTransaction(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${billing.first-run:PT2M}", fixedDelayString = "PT10M")
    void runRegularly() {
        run(Optional.empty());
    }

    /**
     * Draws up the invoices of all periods that ended by this instant, the first invoices of plans paid in advance, and
     * those of credits and adjustments that have waited for 31 days; finalizes prepared ones. A subscription whose
     * invoice fails is logged and skipped.
     *
     * @param until latest end of a period; at most, and by default, now − {@link #GRACE}
     * @return number of invoices drawn up
     */
    public int run(Optional<Instant> until) {
        var now = now();
        var latest = now.minus(GRACE);
        var bound = until.filter(latest::isAfter).orElse(latest);
        int written = periods(bound, this::now) + waiting(now);
        finalizer.finalizePrepared(PREPARED_AT_A_TIME);
        lastBills.forgetSettled();
        return written;
    }

    /**
     * Draws up the invoices that were due in the past, dated as they would have been then.
     *
     * @param until latest end of a period
     * @param then the instant of issue
     * @return number of invoices drawn up
     */
    public int runAsOf(Instant until, Instant then) {
        var issued = then.truncatedTo(ChronoUnit.MICROS);
        return periods(until, () -> issued);
    }

    /** Lists due invoices that are held: the import is behind, or the plan has no computable price. */
    public List<HeldInvoices.Held> held() {
        return heldInvoices.list(Integer.MAX_VALUE);
    }

    private enum Step {
        NOTHING_DUE,
        LOOKED_AT,
        INVOICED
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * @param now asked for each invoice, so that what it is priced by was known at the instant of its sealing
     */
    private int periods(Instant until, Supplier<Instant> now) {
        int written = 0;
        var failed = new HashSet<SubscriptionId>();
        while (true) {
            SubscriptionId[] claimed = new SubscriptionId[1];
            try {
                var step = Objects.requireNonNull(transaction.execute(status -> {
                    var state = schedule.claim(until, failed);
                    state.ifPresent(found -> claimed[0] = found.subscription());
                    return state.map(found -> step(found, until, now.get())).orElse(Step.NOTHING_DUE);
                }));
                if (step == Step.NOTHING_DUE) {
                    return written;
                }
                written += step == Step.INVOICED ? 1 : 0;
            } catch (RuntimeException e) {
                log.error("Cannot create the invoice of subscription {}", claimed[0], e);
                if (claimed[0] == null || !failed.add(claimed[0])) {
                    return written;
                }
            }
        }
    }

    private Step step(State state, Instant until, Instant now) {
        var subscription = subscriptions.lock(state.subscription()).orElseThrow();
        var period = state.through()
                .map(through -> subscription.periodOfReading(through).whole())
                .map(last -> new SubscriptionPeriod(
                        subscription, subscription.periods().next(last)))
                .orElseGet(() -> subscription.periodAt(subscription.startedAt()));
        if (!period.inForce().duration().isPositive()) {
            schedule.due(subscription.id(), InvoiceSchedule.NEVER);
            return Step.LOOKED_AT;
        }
        if (subscription.plan().payInAdvance()
                && state.through().isEmpty()
                && state.advanceFor().isEmpty()) {
            return start(subscription, period, until, now);
        }
        var end = period.end();
        if (end.isAfter(until)) {
            schedule.due(subscription.id(), end);
            return Step.LOOKED_AT;
        }
        var obstacle = subscription.plan().isSupported()
                ? schedule.incomplete(subscription.driver(), end)
                        .or(() -> Optional.of(Hold.MARKET_PRICE_MISSING)
                                .filter(missing -> writer.lacksMarketPrice(period)))
                : Optional.of(Hold.PLAN_NOT_SUPPORTED);
        if (obstacle.isPresent()) {
            schedule.hold(subscription.id(), until.plus(UNTIL_LOOKED_AT_AGAIN), obstacle.get());
            return Step.LOOKED_AT;
        }
        var number = writer.period(period, state, now);
        log.info(
                "Invoice {} for subscription {}, period until {}",
                number.orElse("not needed"),
                subscription.id().value(),
                end);
        return number.isPresent() ? Step.INVOICED : Step.LOOKED_AT;
    }

    private Step start(Subscription subscription, SubscriptionPeriod period, Instant until, Instant now) {
        if (subscription.startedAt().isAfter(until)) {
            schedule.due(subscription.id(), subscription.startedAt());
            return Step.LOOKED_AT;
        }
        var number = writer.start(period, now);
        log.info(
                "Invoice {} for the start of subscription {}",
                number.orElse("not needed"),
                subscription.id().value());
        return number.isPresent() ? Step.INVOICED : Step.LOOKED_AT;
    }

    private int waiting(Instant now) {
        int written = 0;
        for (var driver : schedule.waitingSince(now.minus(LONGEST_WAIT))) {
            try {
                written += Objects.requireNonNull(transaction.execute(status -> writer.waiting(driver, now)));
            } catch (RuntimeException e) {
                log.error("Cannot invoice the open adjustments and credits of driver {}", driver.value(), e);
            }
        }
        return written;
    }
}
