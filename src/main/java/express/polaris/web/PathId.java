package express.polaris.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * An id that others gave, such as a charge box id or the code of a plan, as one segment of a page's address. Most stand
 * there as they are. An id that an address could mistake for something else ({@code A/B}, {@code ..}, {@code 50%},
 * {@code new}) is written in Base64 after a {@code ~}. A method of a controller takes it as a {@code @PathVariable}.
 *
 * @param text the id
 */
public record PathId(String text) {

    private static final String MARK = "~";
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._:@~+-]*");

    /** Words that stand beside an id in an address of ours. */
    private static final Set<String> TAKEN = Set.of("new", "preview");

    /** The address below this one that belongs to the id. */
    public static String under(String path, String id) {
        return path + "/" + UriUtils.encode(segment(id), StandardCharsets.UTF_8);
    }

    /** The id that a segment of an address, decoded, stands for. */
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
