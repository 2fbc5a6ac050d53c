package express.polaris.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * External id, such as a charge box id or a plan code, as one segment of a page's path. Most ids are used as they are.
 * An id that would be ambiguous in a path ({@code A/B}, {@code ..}, {@code 50%}, {@code new}) is written in Base64
 * after a {@code ~}. Controllers take it as a {@code @PathVariable}.
 *
 * @param text the id
 */
public record PathId(String text) {

    private static final String MARK = "~";
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._:@~+-]*");

    /** Reserved path segments that an id must not equal. */
    private static final Set<String> TAKEN = Set.of("new", "preview");

    /** Appends the id to a path. */
    public static String under(String path, String id) {
        return path + "/" + UriUtils.encode(segment(id), StandardCharsets.UTF_8);
    }

    /** Parses a decoded path segment. */
    public static PathId valueOf(String segment) {
        if (!segment.startsWith(MARK)) {
            return new PathId(segment);
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(segment.substring(MARK.length()));
            var id = new String(bytes, StandardCharsets.UTF_8);
            return new PathId(segment(id).equals(segment) ? id : segment);
        } catch (IllegalArgumentException e) {
            return new PathId(segment);
        }
    }

    private static String segment(String id) {
        if (PLAIN.matcher(id).matches() && !TAKEN.contains(id)) {
            return id;
        }
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
