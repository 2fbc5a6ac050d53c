package express.polaris.api;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ids in addresses. */
final class Ids {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private Ids() {}

    /** Empty for everything that no id of ours looks like, so that it can be answered as "not there". */
    static Optional<Long> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
