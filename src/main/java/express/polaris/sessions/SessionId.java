package express.polaris.sessions;

import java.util.Optional;

/** Id of a session, equal to the id of the SteVe transaction. */
public record SessionId(long value) implements Comparable<SessionId> {

    private static final int MOST_DIGITS = 18;

    /** Empty for anything but a plain positive number of at most 18 digits, so that callers can answer "not found". */
    public static Optional<SessionId> parse(String text) {
        boolean plain = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> '0' <= c && c <= '9')
                && text.charAt(0) != '0';
        return plain ? Optional.of(new SessionId(Long.parseLong(text))) : Optional.empty();
    }

    @Override
    public int compareTo(SessionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
