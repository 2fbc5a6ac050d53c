package express.polaris.sessions;

/** A session was seen for the first time. */
public record SessionStarted(SessionId id) {}
