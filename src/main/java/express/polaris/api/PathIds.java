package express.polaris.api;

import express.polaris.platform.refusals.NotFound;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses ids in paths and query parameters. */
final class PathIds {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private PathIds() {}

    /**
     * @throws NotFound when the text cannot be an id
     */
    static long inPath(String text) {
        return parse(text).orElseThrow(NotFound::new);
    }

    /** Empty when the text cannot be an id, so that the caller can treat it as not found. */
    static Optional<Long> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
