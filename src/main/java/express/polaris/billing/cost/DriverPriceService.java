package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.platform.database.Snapshot;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Prices that a driver has before starting a session. */
@Service
public class DriverPriceService {

    private static final Logger log = LoggerFactory.getLogger(DriverPriceService.class);

    private final UsageService usage;
    private final BucketTotals buckets;
    private final PriceConditionsReader conditions;
    private final Snapshot snapshot;
    private final Clock clock;

    DriverPriceService(
            UsageService usage,
            BucketTotals buckets,
            PriceConditionsReader conditions,
            Snapshot snapshot,
            Clock clock) {
        this.usage = usage;
        this.buckets = buckets;
        this.conditions = conditions;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /**
     * Returns a driver's prices at the current usage; empty without a subscription, with one whose price cannot be
     * computed, and after a failure.
     *
     * @param ownZone the driver's time zone
     */
    public Optional<DriverPrices> of(AccountId driver, ZoneId ownZone) {
        var soFar = usage.of(driver, PeriodUsage.Span.CURRENT, ownZone);
        try {
            var now = clock.instant();
            return soFar.subscription()
                    .filter(subscription -> subscription.plan().isSupported()
                            && subscription.inForce().contains(now))
                    .map(subscription -> snapshot.attempt(
                            SubscriptionRepository.LONGEST_LOOKUP_SECONDS, () -> prices(subscription, soFar, now)));
        } catch (RuntimeException e) {
            log.warn("Cannot look up the prices of driver {}", driver.value(), e);
            return Optional.empty();
        }
    }

    private DriverPrices prices(Subscription subscription, PeriodUsage soFar, Instant now) {
        var period = subscription.periodAt(now);
        return new DriverPrices(
                period,
                new DriverPrices.Used(soFar.energy(), buckets.soFar(period), fees(soFar)),
                conditions.of(
                        subscription.plan(),
                        subscription.timeZone(),
                        new Interval(now, now.plus(DriverPrices.AHEAD)),
                        Optional.empty()),
                now);
    }

    /** Charge models count in kWh; a session or a minute takes the place of one. */
    private static Map<Bucket, Energy> fees(PeriodUsage soFar) {
        var counted = new HashMap<Bucket, Energy>();
        for (FeeLine line : soFar.fees()) {
            counted.merge(
                    new Bucket(line.tag().charge(), line.tag().filter()),
                    Energy.ofKilowattHours(line.quantity()),
                    Energy::plus);
        }
        return counted;
    }
}
