package express.polaris.sessions;

/** Published when a session becomes completed: closed, with a final event. */
public record SessionCompleted(SessionId id) {}
