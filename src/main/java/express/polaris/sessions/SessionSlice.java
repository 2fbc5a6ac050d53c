package express.polaris.sessions;

import java.util.List;
import java.util.Optional;

/** A part of a list of sessions, and the cursor of the rest. */
public record SessionSlice(List<ChargingSession> sessions, Optional<SessionCursor> next) {}
