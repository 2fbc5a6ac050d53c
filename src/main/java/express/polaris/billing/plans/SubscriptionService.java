package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.billing.pricing.BillingTime;
import express.polaris.platform.database.RetriedTransaction;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Wording;
import express.polaris.units.Interval;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Subscriptions of drivers to plans over time. The caller has authorized the request and writes the audit log. Safe
 * on several nodes: an exclusion constraint rejects overlaps.
 */
@Service
public class SubscriptionService {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionService.class);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final SubscriptionRepository repository;
    private final PlanRepository plans;
    private final TransactionTemplate transaction;
    private final Snapshot snapshot;
    private final Clock clock;

    SubscriptionService(
            SubscriptionRepository repository,
            PlanRepository plans,
            PlatformTransactionManager transactions,
            Snapshot snapshot,
            Clock clock) {
        this.repository = repository;
        this.plans = plans;
        this.transaction = new RetriedTransaction(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /** Driver's current subscription and billing period. */
    public record Current(Subscription subscription, Interval period) {}

    /** Returns the driver's subscription in force. */
    public Optional<Current> current(AccountId driver) {
        var now = clock.instant();
        return repository.of(driver).stream()
                .filter(subscription -> subscription.inForce().contains(now))
                .map(subscription ->
                        new Current(subscription, subscription.periodAt(now).whole()))
                .findFirst();
    }

    /**
     * Returns the driver's current billing period; empty without a subscription, and when the lookup fails or
     * times out.
     */
    public Optional<Interval> currentPeriod(AccountId driver) {
        try {
            return snapshot.attempt(
                    SubscriptionRepository.LONGEST_LOOKUP_SECONDS,
                    () -> current(driver).map(Current::period));
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot look up the billing period of driver {}", driver, e);
            return Optional.empty();
        }
    }

    public Optional<Subscription> find(SubscriptionId id) {
        return repository.find(id);
    }

    /** Lists a driver's subscriptions, oldest first. */
    public List<Subscription> of(AccountId driver) {
        return repository.of(driver);
    }

    /** Returns the names of the plans that a driver has subscribed to; none when the lookup fails or times out. */
    public PlanNames planNames(AccountId driver) {
        try {
            return new PlanNames(
                    snapshot.attempt(SubscriptionRepository.LONGEST_LOOKUP_SECONDS, () -> repository.of(driver)));
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot look up the plans of driver {}", driver, e);
            return PlanNames.NONE;
        }
    }

    /**
     * Same as {@link #of}, locked until the transaction ends. Called before several of them change in one transaction.
     */
    public List<Subscription> lock(AccountId driver) {
        return repository.lock(driver);
    }

    /**
     * Lists subscriptions, latest first.
     *
     * @param driver empty = all drivers
     * @param before last subscription of the previous page; empty for the first page
     */
    public List<Subscription> page(Optional<AccountId> driver, Optional<SubscriptionId> before, int limit) {
        return repository.page(driver, before, limit);
    }

    /**
     * Starts a subscription.
     *
     * @throws InvalidInput with all faults
     * @throws Conflict if the driver has another subscription at that time or later
     */
    public Subscription subscribe(NewSubscription wanted) {
        return checked(wanted, (plan, startedAt) -> insert(wanted, plan, startedAt));
    }

    /**
     * Changes the driver's plan: the subscription that is in force at the start of the new one ends there, in the same
     * transaction.
     *
     * @throws InvalidInput with all faults
     * @throws Conflict if that subscription cannot end there, or another one starts later
     */
    public Subscription changePlan(NewSubscription wanted) {
        return checked(wanted, (plan, startedAt) -> {
            var before = repository
                    .firstInForceFrom(wanted.driver(), startedAt)
                    .filter(subscription -> subscription.startedAt().isBefore(startedAt));
            before.ifPresent(subscription -> endAt(subscription.id(), startedAt));
            return insert(wanted, plan, startedAt);
        });
    }

    /**
     * Ends a subscription.
     *
     * @param at ISO 8601 with an offset; may be in the future, and may be moved as long as no invoice has energy after
     *     it
     * @throws NotFound if there is no such subscription
     * @throws InvalidInput if {@code at} is not such an instant
     * @throws Conflict if an invoice or another subscription prevents it
     */
    public Subscription terminate(SubscriptionId id, String at) {
        var faults = new FaultCollector();
        var end = instant("at", at, faults);
        faults.throwIfAny();
        return decided(() -> endAt(id, end), () -> BillingReason.NEXT_BEGINS.with(id.value(), end));
    }

    /**
     * Cancels a subscription that has not started by setting its end to its start. The caller has checked that
     * it has not.
     */
    public void cancel(Subscription subscription) {
        transaction.executeWithoutResult(status -> repository.end(subscription.id(), subscription.startedAt()));
    }

    private Subscription endAt(SubscriptionId id, Instant end) {
        var subscription = repository.lock(id).orElseThrow(NotFound::new);
        if (!end.isAfter(subscription.startedAt())) {
            throw new Conflict(BillingReason.NOT_AFTER_ITS_START.with(id.value(), subscription.startedAt(), end));
        }
        var invoiced = repository.invoicedUntil(id);
        var moved = subscription.endedAt().filter(end::isAfter).isPresent();
        if (invoiced.filter(end::isBefore).isPresent()
                || moved
                        && invoiced.filter(until ->
                                        !until.isBefore(subscription.endedAt().orElseThrow()))
                                .isPresent()) {
            throw new Conflict(BillingReason.INVOICED.with(id.value(), invoiced.orElseThrow(), end));
        }
        repository.end(id, end);
        return repository.find(id).orElseThrow();
    }

    private Subscription insert(NewSubscription wanted, Plan plan, Instant startedAt) {
        var id = repository.insert(wanted, plan, startedAt, clock.instant());
        return repository.find(id).orElseThrow();
    }

    private interface Change {
        Subscription with(Plan plan, Instant startedAt);
    }

    private Subscription checked(NewSubscription wanted, Change change) {
        var faults = new FaultCollector();
        var startedAt = instant("startedAt", wanted.startedAt(), faults);
        var plan = plans.latest(wanted.planCode());
        if (plan.isEmpty()) {
            faults.add("planCode", BillingReason.NO_PLAN.with());
        }
        if (BillingTime.named(wanted.billingTime()).isEmpty()) {
            faults.add("billingTime", BillingReason.BILLING_TIME.with());
        }
        if (!isZone(wanted.timeZone())) {
            faults.add("timeZone", BillingReason.TIME_ZONE.with());
        }
        if (!repository.isDriver(wanted.driver())) {
            faults.add("driverId", AccountReason.noDriver(wanted.driver()));
        }
        faults.throwIfAny();
        return decided(() -> change.with(plan.orElseThrow(), startedAt), () -> overlap(wanted.driver(), startedAt));
    }

    private Wording overlap(AccountId driver, Instant startedAt) {
        return repository
                .firstInForceFrom(driver, startedAt)
                .map(other -> inTheWay(driver, other))
                .orElseGet(() -> BillingReason.SUBSCRIBED_BEFORE.with(driver));
    }

    private static Wording inTheWay(AccountId driver, Subscription other) {
        var id = other.id().value();
        var plan = other.plan().name();
        return other.endedAt()
                .map(end -> BillingReason.SUBSCRIBED_UNTIL.with(driver, id, plan, other.startedAt(), end))
                .orElseGet(() -> BillingReason.SUBSCRIBED.with(driver, id, plan, other.startedAt()));
    }

    /** Runs a change in one transaction; a violation of the exclusion constraint becomes a conflict. */
    private Subscription decided(Supplier<Subscription> change, Supplier<Wording> overlap) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> change.get()));
        } catch (DataIntegrityViolationException e) {
            if (constraint(e).equals(SubscriptionRepository.ONE_AT_A_TIME)) {
                throw new Conflict(overlap.get());
            }
            throw e;
        }
    }

    private static Instant instant(String field, String text, FaultCollector faults) {
        try {
            var instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
            faults.add(field, BillingReason.OUT_OF_TIME.with(EARLIEST, LATEST));
        } catch (DateTimeException e) {
            faults.add(field, BillingReason.INSTANT.with());
        }
        return EARLIEST;
    }

    private static boolean isZone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text);
    }

    private static String constraint(DataIntegrityViolationException e) {
        return Optional.ofNullable(e.getRootCause())
                .filter(PSQLException.class::isInstance)
                .map(PSQLException.class::cast)
                .map(PSQLException::getServerErrorMessage)
                .map(ServerErrorMessage::getConstraint)
                .orElse("");
    }
}
