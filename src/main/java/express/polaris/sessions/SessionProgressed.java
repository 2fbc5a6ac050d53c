package express.polaris.sessions;

import java.util.Optional;

/**
 * Something about a session changed.
 *
 * @param revision of the session after the change
 * @param appendedFrom the first of the events that were added at its end
 * @param earlierEventsChanged events that were known before are different now, or gone
 */
public record SessionProgressed(
        SessionId id, long revision, Optional<Integer> appendedFrom, boolean earlierEventsChanged) {}
