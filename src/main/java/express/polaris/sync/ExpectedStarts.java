package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.chargers.ChargeBoxId;
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
 * Sessions whose readings are awaited: watched ones, and those that began within two minutes of an accepted remote
 * start, whose driver may still be at the charger. Kept per node; losing it costs some delay.
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

    /** Expects a start at this charger, which has accepted one: the transaction appears once the car is plugged in. */
    void expect(ChargeBoxId chargeBox) {
        chargeBoxes.put(key(chargeBox.value()), clock.instant().plus(WITHIN));
    }

    /** Whether a start is expected at any charger. */
    boolean areAny() {
        forget();
        return !chargeBoxes.isEmpty();
    }

    /** A new session has begun at this charger. */
    void begun(SessionId id, String chargeBoxId) {
        forget();
        if (chargeBoxes.remove(key(chargeBoxId)) != null) {
            begun.put(id, clock.instant().plus(WITHIN));
        }
    }

    /** Sessions that are read before others. */
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
