package express.polaris.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants in form fields: local time in the operator's zone, to the second. */
public final class LocalTimeField {

    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private LocalTimeField() {}

    /** Parses local time, or a UTC instant that ends in {@code Z}; empty when invalid. */
    public static Optional<Instant> parse(String text, ZoneId zone) {
        try {
            var given = text.strip();
            return Optional.of(
                    given.endsWith("Z")
                            ? OffsetDateTime.parse(given).toInstant()
                            : LocalDateTime.parse(given).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public static String field(Instant instant, ZoneId zone) {
        return FIELD.format(instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
