package express.polaris.steve;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Scalar fields of a JSON object, read without a tree: of a hostile answer, only the requested fields are kept. */
final class SteveRow {

    /** Width of SteVe's columns for ids, tags, reasons and registers. */
    static final int COLUMN = 255;

    /** Width of SteVe's text columns; signed meter data is long. */
    static final int TEXT = 65_535;

    /** Fault of a row; the message becomes the row's {@code reason}. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    private record Scalar(JsonToken token, String text) {}

    private final Map<String, Scalar> fields = new HashMap<>();

    /** Reads the current object and leaves the parser at its end. */
    static SteveRow read(JsonParser parser, Set<String> names, Map<String, String> seen) {
        SteveRow row = new SteveRow();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!names.contains(name) || token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                parser.skipChildren();
                if (names.contains(name)) {
                    row.fields.put(name, new Scalar(token, ""));
                }
            } else {
                row.fields.put(name, new Scalar(token, shared(parser.getString(), seen)));
            }
        }
        return row;
    }

    /** Deduplicates strings: lists repeat the same few words thousands of times. */
    private static String shared(String text, Map<String, String> seen) {
        if (text.length() > COLUMN || seen.size() >= 10_000) {
            return seen.getOrDefault(text, text);
        }
        String earlier = seen.putIfAbsent(text, text);
        return earlier == null ? text : earlier;
    }

    private Optional<Scalar> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(f -> f.token() != JsonToken.VALUE_NULL);
    }

    Optional<String> text(String name, int maxLength) {
        Optional<Scalar> field = field(name);
        field.ifPresent(f -> {
            if (f.token() != JsonToken.VALUE_STRING) {
                throw new Fault("%s is %s; expected a string".formatted(name, kind(f.token())));
            }
            if (f.text().length() > maxLength) {
                throw new Fault("%s has %d characters; expected at most %d"
                        .formatted(name, f.text().length(), maxLength));
            }
        });
        return field.map(Scalar::text);
    }

    String requiredText(String name, int maxLength) {
        return text(name, maxLength).orElseThrow(() -> missing(name, "a string"));
    }

    /** Text that must not be blank. */
    String requiredName(String name) {
        String text = requiredText(name, COLUMN);
        if (text.isBlank()) {
            throw new Fault(name + " is empty; expected a name");
        }
        return text;
    }

    Optional<Instant> instant(String name) {
        return text(name, TEXT).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new Fault("%s is \"%s\"; expected an instant like 2026-11-22T06:55:38.264Z"
                        .formatted(name, SteveJson.shortened(text)));
            }
        });
    }

    Instant requiredInstant(String name) {
        return instant(name).orElseThrow(() -> missing(name, "an instant"));
    }

    long requiredLong(String name) {
        Scalar field = field(name).orElseThrow(() -> missing(name, "a whole number"));
        if (field.token() != JsonToken.VALUE_NUMBER_INT || field.text().length() > 19) {
            throw new Fault("%s is %s; expected a whole number".formatted(name, kind(field.token())));
        }
        try {
            return Long.parseLong(field.text());
        } catch (NumberFormatException e) {
            throw new Fault(name + " is a number beyond 64 bits; expected a whole number");
        }
    }

    int requiredInt(String name) {
        long number = requiredLong(name);
        if (number != (int) number) {
            throw new Fault("%s is %d; expected a number of 32 bits".formatted(name, number));
        }
        return (int) number;
    }

    /** The number, if readable; identifies a row that is otherwise unreadable. */
    Optional<Long> longIfReadable(String name) {
        try {
            return Optional.of(requiredLong(name));
        } catch (Fault e) {
            return Optional.empty();
        }
    }

    private static Fault missing(String name, String expected) {
        return new Fault("%s is missing; expected %s".formatted(name, expected));
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "no value";
        };
    }
}
