package express.polaris.sessions;

/** Somebody opened a session and wants to see it move. */
public record SessionWatched(SessionId id) {}
