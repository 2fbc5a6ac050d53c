package express.polaris.sessions;

/** Published when a session gets its first watcher on this node. */
public record SessionWatched(SessionId id) {}
