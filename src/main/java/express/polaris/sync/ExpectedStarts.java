package express.polaris.sync;

import express.polaris.chargers.ChargeBoxId;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Whose readings somebody waits for: those of sessions that are watched, and of those that were started from afar a
 * moment ago, though their driver may still look at the charger. Of this node; forgetting it costs some delay.
 */
@Component
class ExpectedStarts {

    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final SessionWatchers watchers;
    private final Clock clock;
    private final Map<String, Instant> chargeBoxes = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> begun = new ConcurrentHashMap<>();

    ExpectedStarts(SessionWatchers watchers, Clock clock) {
        this.watchers = watchers;
        this.clock = clock;
    }

    /** This charger has accepted a start: its transaction appears as soon as the car is plugged in. */
    void expect(ChargeBoxId chargeBox) {
        chargeBoxes.put(key(chargeBox.value()), clock.instant().plus(WITHIN));
    }

    /** Whether any is expected. */
    boolean areAny() {
        forget();
        return !chargeBoxes.isEmpty();
    }

    /** A session that was not known has begun there. */
    void begun(SessionId id, String chargeBoxId) {
        forget();
        if (chargeBoxes.remove(key(chargeBoxId)) != null) {
            begun.put(id, clock.instant().plus(WITHIN));
        }
    }

    /** Sessions that come before others. */
    Set<SessionId> awaited() {
        forget();
        var awaited = new HashSet<>(watchers.watched());
        awaited.addAll(begun.keySet());
        return awaited;
    }

    private void forget() {
        var now = clock.instant();
        chargeBoxes.values().removeIf(until -> !now.isBefore(until));
        begun.values().removeIf(until -> !now.isBefore(until));
    }

    private static String key(String chargeBoxId) {
        return chargeBoxId.toLowerCase(Locale.ROOT);
    }
}
