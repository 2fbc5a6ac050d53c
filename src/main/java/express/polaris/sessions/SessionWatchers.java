package express.polaris.sessions;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sessions that are being watched on this node. Affects only how soon SteVe is asked, so losing it at a restart costs
 * nothing.
 */
@Component
public class SessionWatchers {

    private final Map<SessionId, Integer> watched = new ConcurrentHashMap<>();
    private final ApplicationEventPublisher publisher;

    SessionWatchers(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** A watch on a session; ends with {@link #close()}. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    public Watch watch(SessionId id) {
        if (watched.merge(id, 1, Integer::sum) == 1) {
            publisher.publishEvent(new SessionWatched(id));
        }
        return () -> watched.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    public Set<SessionId> watched() {
        return Set.copyOf(watched.keySet());
    }
}
