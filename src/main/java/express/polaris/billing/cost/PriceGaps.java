package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reasons a session has no price. */
@Service
public class PriceGaps {

    private final BilledEventRepository events;
    private final SubscriptionRepository subscriptions;

    PriceGaps(BilledEventRepository events, SubscriptionRepository subscriptions) {
        this.events = events;
        this.subscriptions = subscriptions;
    }

    /** Reason; each has its own remedy. */
    public enum Gap {
        /** The session has no owner. */
        NO_OWNER,
        /** The owner had no subscription at the time of some of its energy. */
        NO_SUBSCRIPTION,
        /** The plan in force then has a feature that changes the price and is not supported. */
        UNSUPPORTED_PLAN,
        /** SteVe's energy is larger than the measured energy, and no operator has decided. */
        DISPUTED,
        /** Implausible energy, confirmed neither by the end of the session nor by an operator. */
        IMPLAUSIBLE
    }

    /** Returns the reasons; empty for a session that has a price. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Set<Gap> of(ChargingSession session) {
        var gaps = EnumSet.noneOf(Gap.class);
        var owned = session.driver().map(subscriptions::of).orElse(List.of());
        var found = events.of(session.id(), session.status() == SessionStatus.COMPLETED);
        if (found.isDisputed()) {
            gaps.add(Gap.DISPUTED);
        }
        for (int i = 0; i < found.size(); i++) {
            if (!found.isCounted(i)) {
                continue;
            }
            var event = found.get(i);
            if (event.held() && !event.isSealed()) {
                gaps.add(Gap.IMPLAUSIBLE);
            }
            if (event.energy().isZero() || event.isSealed()) {
                continue;
            }
            if (session.driver().isEmpty()) {
                gaps.add(Gap.NO_OWNER);
            } else {
                owned.stream()
                        .filter(subscription -> subscription.covers(event.measuredAt()))
                        .findFirst()
                        .ifPresentOrElse(
                                subscription -> {
                                    if (!subscription.plan().isSupported()) {
                                        gaps.add(Gap.UNSUPPORTED_PLAN);
                                    }
                                },
                                () -> gaps.add(Gap.NO_SUBSCRIPTION));
            }
        }
        return gaps;
    }
}
