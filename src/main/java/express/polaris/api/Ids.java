package express.polaris.api;

import express.polaris.problems.NotFound;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ids in addresses. */
final class Ids {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private Ids() {}

    /** @throws NotFound for everything that no id of ours looks like */
    static long inPath(String text) {
        return parse(text).orElseThrow(NotFound::new);
    }

    /** Empty for everything that no id of ours looks like, so that it can be answered as "not there". */
    static Optional<Long> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
