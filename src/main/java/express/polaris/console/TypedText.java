package express.polaris.console;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses form input. */
public final class TypedText {

    /** Matches a comma that cannot be a thousands separator. */
    private static final Pattern DECIMAL_COMMA = Pattern.compile("0,\\d+|\\d+,(\\d{1,2}|\\d{4,})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");

    private TypedText() {}

    /** Strips the text and replaces a decimal comma by a point. Keeps a comma that may be a thousands separator. */
    public static String number(String text) {
        var stripped = text.strip();
        return DECIMAL_COMMA.matcher(stripped).matches() ? stripped.replace(',', '.') : stripped;
    }

    /** Parses a non-negative number; empty for other input. */
    public static Optional<BigDecimal> decimal(String text) {
        var number = number(text);
        return NUMBER.matcher(number).matches() ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }

    public static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Converts a local date and time in the zone to ISO-8601 with offset; returns other input stripped. */
    public static String instant(String text, ZoneId zone) {
        try {
            return LocalDateTime.parse(text.strip())
                    .atZone(zone)
                    .toOffsetDateTime()
                    .toString();
        } catch (DateTimeException e) {
            return text.strip();
        }
    }

    public static Optional<ZoneId> zone(String text) {
        return Optional.of(text.strip())
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .map(ZoneId::of);
    }

    /** First value of a field; an empty string if the field was not sent. */
    public static String first(Map<String, List<String>> form, String field) {
        return all(form, field).stream().findFirst().orElse("");
    }

    public static List<String> all(Map<String, List<String>> form, String field) {
        return Optional.ofNullable(form.get(field)).orElse(List.of());
    }

    /** Value of a repeated field at an index; an empty string past the last one. */
    public static String at(Map<String, List<String>> form, String field, int place) {
        var values = all(form, field);
        return place < values.size() ? values.get(place) : "";
    }
}
