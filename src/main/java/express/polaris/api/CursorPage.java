package express.polaris.api;

import express.polaris.platform.refusals.BadParameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Page of a list.
 *
 * @param nextCursor cursor of the next page; null on the last page
 */
record CursorPage<T>(List<T> items, Optional<String> nextCursor) {

    static final int LIMIT = 50;

    private static final int HIGHEST_LIMIT = 200;
    private static final int LONGEST_CURSOR = 2000;

    /**
     * @throws BadParameter unless it is a whole number from 1 to 200
     */
    static int limit(Optional<String> given) {
        return given.map(CursorPage::limit).orElse(LIMIT);
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (1 <= limit && limit <= HIGHEST_LIMIT) {
                return limit;
            }
        }
        throw new BadParameter("limit", "a whole number from 1 to " + HIGHEST_LIMIT);
    }

    static BadParameter badCursor() {
        return new BadParameter("cursor", "the nextCursor of the previous page");
    }

    /**
     * Page of a list in descending order of id.
     *
     * @param found up to one item more than the limit; the extra one shows that there are more
     */
    static <S, T> CursorPage<T> byId(List<S> found, int limit, ToLongFunction<S> id, Function<S, T> json) {
        var shown = found.subList(0, Math.min(found.size(), limit));
        return new CursorPage<>(
                shown.stream().map(json).toList(),
                found.size() > limit ? Optional.of(cursor(id.applyAsLong(shown.getLast()))) : Optional.empty());
    }

    static String cursor(long id) {
        return Long.toString(id, Character.MAX_RADIX);
    }

    /** Id in a cursor; an item with that id need not exist. */
    static Optional<Long> idIn(Optional<String> cursor) {
        return cursor.map(text -> {
            try {
                return Long.parseLong(text, Character.MAX_RADIX);
            } catch (NumberFormatException e) {
                throw badCursor();
            }
        });
    }

    /** Offset in a cursor, from 0; 0 without a cursor. */
    static int placeIn(Optional<String> cursor) {
        long place = idIn(cursor).orElse(0L);
        if (place < 0 || place > Integer.MAX_VALUE) {
            throw badCursor();
        }
        return (int) place;
    }

    /**
     * Page of a short list that is in memory as a whole, from the item after the one that the cursor names.
     *
     * @param key stable key of an item
     */
    static <T> CursorPage<T> of(List<T> all, Optional<String> cursor, int limit, Function<T, String> key) {
        int from = cursor.map(text -> positionAfter(decoded(text), all, key)).orElse(0);
        int to = Math.min(all.size(), from + limit);
        var items = all.subList(from, to);
        return new CursorPage<>(
                List.copyOf(items),
                to < all.size() ? Optional.of(encoded(key.apply(items.getLast()))) : Optional.empty());
    }

    /**
     * Page of a list that is ordered by a text key.
     *
     * @param found up to one item more than the limit; the extra one shows that there are more
     */
    static <S, T> CursorPage<T> byKey(List<S> found, List<T> json, int limit, Function<S, String> key) {
        int shown = Math.min(found.size(), limit);
        return new CursorPage<>(
                List.copyOf(json.subList(0, shown)),
                found.size() > limit ? Optional.of(encoded(key.apply(found.get(shown - 1)))) : Optional.empty());
    }

    /** Key in a cursor; an item with that key need not exist. */
    static Optional<String> keyIn(Optional<String> cursor) {
        return cursor.map(text -> {
            var key = decoded(text);
            if (key.indexOf('\0') >= 0) {
                throw badCursor();
            }
            return key;
        });
    }

    private static <T> int positionAfter(String last, List<T> all, Function<T, String> key) {
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        return all.size();
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        if (cursor.length() > LONGEST_CURSOR) {
            throw badCursor();
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }
}
