package express.polaris.web;

import java.util.Optional;

/**
 * Which rows of a long table a page shows, newest first. Rows are named by their place from the oldest on, which stays
 * the same while newer ones arrive.
 *
 * @param before shows rows before this place; empty for the last ones
 * @param limit how many at the most
 */
public record RowWindow(Optional<Integer> before, int limit) {

    private static final String ALL = "all";

    /**
     * Reads a parameter: nothing for the last few, {@code all} for as many as a page may have, or the place before which
     * the page goes on. Anything else asks for nothing.
     *
     * @param few how many rows are shown unless more are asked for
     * @param many how many a page may have
     */
    public static RowWindow parse(String parameter, int few, int many) {
        if (parameter.equals(ALL)) {
            return new RowWindow(Optional.empty(), many);
        }
        return parameter.matches("[1-9][0-9]{0,8}")
                ? new RowWindow(Optional.of(Integer.parseInt(parameter)), many)
                : new RowWindow(Optional.empty(), few);
    }

    /** The place of the first row that is shown, and how many places before the shown rows end. */
    public record Shown(int from, int to, int total, int limit) {

        public boolean contains(int place) {
            return from <= place && place < to;
        }

        public int size() {
            return to - from;
        }

        /** The parameter for the rows before these. */
        public Optional<String> older() {
            return from > 0 ? Optional.of(String.valueOf(from)) : Optional.empty();
        }

        /** The parameter for the rows after these. */
        public Optional<String> newer() {
            return to < total ? Optional.of(String.valueOf(Math.min(total, to + limit))) : Optional.empty();
        }
    }

    /** @param total how many rows there are */
    public Shown of(int total) {
        int to = Math.min(before.orElse(total), total);
        return new Shown(Math.max(0, to - limit), to, total, limit);
    }
}
