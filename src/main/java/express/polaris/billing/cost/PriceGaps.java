package express.polaris.billing.cost;

import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reasons a session has no price. */
@Service
public class PriceGaps {

    private final SessionPricing pricing;
    private final SubscriptionRepository subscriptions;
    private final Clock clock;

    PriceGaps(SessionPricing pricing, SubscriptionRepository subscriptions, Clock clock) {
        this.pricing = pricing;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Returns the reasons, without repetition; empty for a session that has a price. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<PriceGap> of(ChargingSession session) {
        var gaps = new LinkedHashSet<PriceGap>();
        var owned = session.driver().map(subscriptions::of).orElse(List.of());
        var priced = pricing.price(session.id(), session.status() == SessionStatus.COMPLETED, owned);
        if (priced.events().isDisputed()) {
            gaps.add(new PriceGap.Disputed());
        }
        addOfEvents(session, priced.events(), owned, gaps);
        priced.missingPrice()
                .ifPresent(missing -> gaps.add(new PriceGap.MarketPriceMissing(missing.series(), missing.at())));
        return List.copyOf(gaps);
    }

    private void addOfEvents(
            ChargingSession session, SessionEvents found, List<Subscription> owned, Set<PriceGap> gaps) {
        for (int i = 0; i < found.size(); i++) {
            if (!found.isCounted(i)) {
                continue;
            }
            var event = found.get(i);
            if (event.isSealed()) {
                continue;
            }
            if (event.held()) {
                gaps.add(new PriceGap.Implausible());
            }
            if (!event.energy().isZero()) {
                if (session.driver().isEmpty()) {
                    gaps.add(new PriceGap.NoOwner());
                } else {
                    ofSubscription(event.measuredAt(), owned).ifPresent(gaps::add);
                }
            }
        }
    }

    private Optional<PriceGap> ofSubscription(Instant measuredAt, List<Subscription> owned) {
        return owned.stream()
                .filter(subscription -> subscription.covers(measuredAt))
                .findFirst()
                .map(subscription -> subscription.plan().isSupported()
                        ? Optional.<PriceGap>empty()
                        : Optional.<PriceGap>of(new PriceGap.UnsupportedPlan()))
                .orElseGet(() -> Optional.of(around(measuredAt, owned)));
    }

    private PriceGap around(Instant measuredAt, List<Subscription> owned) {
        var used = owned.stream().filter(PriceGaps::hasForce).toList();
        var before = used.stream()
                .filter(subscription ->
                        subscription.endedAt().filter(measuredAt::isAfter).isPresent())
                .max(Comparator.comparing(subscription -> subscription.inForce().to()));
        var after = used.stream()
                .filter(subscription -> !measuredAt.isAfter(subscription.startedAt()))
                .min(Comparator.comparing(Subscription::startedAt));
        return new PriceGap.NoSubscription(
                before.map(subscription -> subscription
                        .inForce()
                        .to()
                        .minusNanos(1)
                        .atZone(subscription.timeZone())
                        .toLocalDate()),
                after.map(subscription ->
                        subscription.startedAt().atZone(subscription.timeZone()).toLocalDate()),
                after.filter(subscription -> !subscription.startedAt().isAfter(clock.instant()))
                        .isPresent());
    }

    /** A subscription that was cancelled before its start never was in force. */
    private static boolean hasForce(Subscription subscription) {
        return subscription.endedAt().filter(subscription.startedAt()::equals).isEmpty();
    }
}
