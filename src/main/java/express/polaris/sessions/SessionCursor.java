package express.polaris.sessions;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Cursor in a list of sessions, newest first: the list continues after this start and id. */
public record SessionCursor(Instant startedAt, SessionId id) {

    private static final int LONGEST = 200;

    /** Bounds of session starts; times outside do not all fit into the database. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    public String encoded() {
        var text = startedAt.getEpochSecond() + "." + startedAt.getNano() + "." + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isPossible(SessionCursor cursor) {
        return !cursor.startedAt.isBefore(EARLIEST) && !cursor.startedAt.isAfter(LATEST);
    }

    /** Empty if the text is not a valid cursor. */
    public static Optional<SessionCursor> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("\\.", -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            var startedAt = Instant.ofEpochSecond(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
            return SessionId.parse(parts[2])
                    .map(id -> new SessionCursor(startedAt, id))
                    .filter(SessionCursor::isPossible);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
