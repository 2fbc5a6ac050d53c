package express.polaris.sessions;

/** Published when a session is first seen. */
public record SessionStarted(SessionId id) {}
