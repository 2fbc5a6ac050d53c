package express.polaris.billing.cost;

import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Failed price lookups of this node within the last hour, at most 1000 sessions. A successful pricing removes the
 * session.
 */
@Component
public class PriceFailures {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final Clock clock;
    private final LongAdder all = new LongAdder();
    private final Map<SessionId, Instant> sessions = new ConcurrentHashMap<>();

    public PriceFailures(Clock clock) {
        this.clock = clock;
    }

    /** Session whose price could not be looked up or computed. */
    public record Failure(SessionId session, Instant at) {}

    /** Lists failures, latest first. */
    public List<Failure> recent() {
        var oldest = clock.instant().minus(REMEMBERED);
        sessions.values().removeIf(at -> at.isBefore(oldest));
        return sessions.entrySet().stream()
                .map(entry -> new Failure(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Failure::at).reversed())
                .toList();
    }

    /** Number of failures since the process started. */
    public long count() {
        return all.sum();
    }

    /** Whether the last lookup of this session's price failed, unless there are too many to remember. */
    public boolean has(SessionId id) {
        return sessions.containsKey(id);
    }

    public void failed(Collection<SessionId> ids) {
        var now = clock.instant();
        for (var id : ids) {
            all.increment();
            if (sessions.size() < MOST) {
                sessions.put(id, now);
            }
        }
    }

    public void priced(Collection<SessionId> ids) {
        if (!sessions.isEmpty()) {
            sessions.keySet().removeAll(ids);
        }
    }
}
