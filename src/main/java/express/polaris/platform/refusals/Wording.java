package express.polaris.platform.refusals;

import java.io.Serializable;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reason and the parts of its sentence.
 *
 * @param parts values of the placeholders: numbers, ids, instants (UTC), days, wordings, or texts; the caller shortens
 *     a text from the input
 */
public record Wording(Reason reason, List<Object> parts) implements Serializable {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)\\}");

    public Wording {
        parts = List.copyOf(parts);
    }

    /** The sentence in English, for API clients. */
    public String english() {
        return PLACEHOLDER.matcher(reason.english()).replaceAll(found -> Matcher.quoteReplacement(part(found)));
    }

    /** A placeholder without a part is kept as it is. */
    private String part(MatchResult placeholder) {
        int place = Integer.parseInt(placeholder.group(1));
        return place < parts.size() ? parts.get(place).toString() : placeholder.group();
    }

    @Override
    public String toString() {
        return english();
    }
}
