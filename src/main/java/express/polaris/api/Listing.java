package express.polaris.api;

import express.polaris.problems.BadParameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The answer to a list call.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
record Listing<T>(List<T> items, Optional<String> nextCursor) {

    static final String DEFAULT_LIMIT = "50";

    private static final int MOST = 200;

    /**
     * A page of things that are listed by falling id.
     *
     * @param found one more than the limit if there are more
     */
    static <S, T> Listing<T> byId(List<S> found, int limit, ToLongFunction<S> id, Function<S, T> json) {
        var shown = found.subList(0, Math.min(found.size(), limit));
        return new Listing<>(
                shown.stream().map(json).toList(),
                found.size() > limit ? Optional.of(cursor(id.applyAsLong(shown.getLast()))) : Optional.empty());
    }

    /** @throws BadParameter unless it is 1 to 200 */
    static int limit(int given) {
        if (given < 1 || given > MOST) {
            throw new BadParameter("limit", "a whole number from 1 to " + MOST);
        }
        return given;
    }

    static String cursor(long id) {
        return Long.toString(id, Character.MAX_RADIX);
    }

    /** The id in a cursor, which need not exist. */
    static Optional<Long> position(Optional<String> cursor) {
        return cursor.map(text -> {
            try {
                return Long.parseLong(text, Character.MAX_RADIX);
            } catch (NumberFormatException e) {
                throw badCursor();
            }
        });
    }

    static BadParameter badCursor() {
        return new BadParameter("cursor", "the nextCursor of an earlier answer");
    }
}
