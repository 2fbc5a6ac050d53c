package express.polaris.sessions;

/** A session is closed in SteVe and has its final meter reading. */
public record SessionCompleted(SessionId id) {}
