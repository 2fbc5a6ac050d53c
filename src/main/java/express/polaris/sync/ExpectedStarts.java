package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.chargers.ChargeBoxId;
import java.time.Duration;
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
    private final Uptime uptime;
    private final Map<String, Duration> chargeBoxes = new ConcurrentHashMap<>();
    private final Map<SessionId, Duration> begun = new ConcurrentHashMap<>();

    ExpectedStarts(SessionWatchers watchers, Uptime uptime) {
        this.watchers = watchers;
        this.uptime = uptime;
    }

    /** Expects a start at this charger, which has accepted one: the transaction appears once the car is plugged in. */
    void expect(ChargeBoxId chargeBox) {
        chargeBoxes.put(key(chargeBox.value()), uptime.now().plus(WITHIN));
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
            begun.put(id, uptime.now().plus(WITHIN));
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
        var now = uptime.now();
        chargeBoxes.values().removeIf(until -> now.compareTo(until) >= 0);
        begun.values().removeIf(until -> now.compareTo(until) >= 0);
    }

    private static String key(String chargeBoxId) {
        return chargeBoxId.toLowerCase(Locale.ROOT);
    }
}
