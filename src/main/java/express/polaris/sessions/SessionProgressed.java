package express.polaris.sessions;

import java.util.Optional;

/**
 * Published when a session has changed.
 *
 * @param revision of the session after the change
 * @param appendedFrom position of the first event that was appended
 * @param earlierEventsChanged whether existing events were changed or removed
 */
public record SessionProgressed(
        SessionId id, long revision, Optional<Integer> appendedFrom, boolean earlierEventsChanged) {}
