package express.polaris.web;

import java.util.Optional;

/**
 * Window of the rows of a long table that a page shows, newest first. Rows are numbered from the oldest, so that
 * numbers stay the same while newer rows arrive.
 *
 * @param before shows rows before this position; empty for the latest rows
 * @param limit maximum number of rows
 */
public record RowWindow(Optional<Integer> before, int limit) {

    private static final String ALL = "all";

    /**
     * Parses a parameter: empty for the latest few rows, {@code all} for as many as a page may have, or the position
     * before which the page continues. Any other value counts as empty.
     *
     * @param few number of rows by default
     * @param many maximum number of rows on a page
     */
    public static RowWindow parse(String parameter, int few, int many) {
        if (parameter.equals(ALL)) {
            return new RowWindow(Optional.empty(), many);
        }
        return parameter.matches("[1-9][0-9]{0,8}")
                ? new RowWindow(Optional.of(Integer.parseInt(parameter)), many)
                : new RowWindow(Optional.empty(), few);
    }

    /** Window applied to a table: rows {@code from} (inclusive) to {@code to} (exclusive). */
    public record Shown(int from, int to, int total, int limit) {

        public boolean contains(int place) {
            return from <= place && place < to;
        }

        public int size() {
            return to - from;
        }

        /** Parameter for the preceding, older rows; empty on the oldest page. */
        public Optional<String> older() {
            return from > 0 ? Optional.of(String.valueOf(from)) : Optional.empty();
        }

        /** Parameter for the following, newer rows; empty on the newest page. */
        public Optional<String> newer() {
            return to < total ? Optional.of(String.valueOf(Math.min(total, to + limit))) : Optional.empty();
        }
    }

    /**
     * @param total number of rows in the table
     */
    public Shown of(int total) {
        int to = Math.min(before.orElse(total), total);
        return new Shown(Math.max(0, to - limit), to, total, limit);
    }
}
