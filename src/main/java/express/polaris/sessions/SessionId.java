package express.polaris.sessions;

import java.util.Optional;

/** The id of a session, which is the id of the SteVe transaction. */
public record SessionId(long value) implements Comparable<SessionId> {

    private static final int MOST_DIGITS = 18;

    /** Empty for everything that is not a plain positive number, so that it can be answered as "not there". */
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
