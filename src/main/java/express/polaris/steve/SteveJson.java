package express.polaris.steve;

import express.polaris.metering.SampledValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Streaming reader of SteVe's JSON. Uses its own parser, so that archived answers stay readable regardless of the
 * application's JSON settings.
 */
final class SteveJson {

    /**
     * With more unreadable rows than this, the answer is not SteVe's; collecting more faults would only fill memory.
     */
    static final int MAX_UNREADABLE = 1_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(100)
                    .maxNameLength(255)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private static final Set<String> TRANSACTION = Set.of(
            "id",
            "chargeBoxId",
            "connectorId",
            "ocppIdTag",
            "startTimestamp",
            "startValue",
            "stopTimestamp",
            "stopValue",
            "stopReason",
            "stopEventActor");
    private static final Set<String> METER_VALUE =
            Set.of("valueTimestamp", "value", "readingContext", "format", "measurand", "location", "unit", "phase");
    private static final Set<String> TAG = Set.of(
            "ocppTagPk",
            "idTag",
            "parentIdTag",
            "expiryDate",
            "maxActiveTransactionCount",
            "activeTransactionCount",
            "note");
    private static final Set<String> ERROR = Set.of("status", "message");

    private SteveJson() {}

    static SteveTransactionList transactions(InputStream in) throws IOException {
        List<SteveTransaction> transactions = new ArrayList<>();
        List<UnreadableRow> unreadable = new ArrayList<>();
        whole(() -> FACTORY.createParser(ObjectReadContext.empty(), in), parser -> {
            expect(parser.nextToken(), JsonToken.START_ARRAY, "the answer");
            rows(parser, TRANSACTION, "id", SteveJson::transaction, transactions, unreadable);
        });
        return new SteveTransactionList(transactions, unreadable);
    }

    /**
     * @return false if the visitor wanted no more; the rest was not read
     */
    static boolean transactions(InputStream in, TransactionVisitor visitor) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY, "the answer");
            if (!visited(parser, visitor)) {
                return false;
            }
            if (parser.nextToken() != null) {
                throw new UnreadableAnswer("something follows the end of the JSON document");
            }
            return true;
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new UnreadableAnswer("it is not one whole JSON document");
        }
    }

    private static boolean visited(JsonParser parser, TransactionVisitor visitor) {
        Map<String, String> seen = new HashMap<>();
        int unreadable = 0;
        int position = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            List<SteveTransaction> readable = new ArrayList<>(1);
            List<UnreadableRow> faults = new ArrayList<>(1);
            row(parser, token, position, seen, readable, faults);
            unreadable += faults.size();
            if (unreadable > MAX_UNREADABLE && unreadable > position / 2) {
                throw new UnreadableAnswer("more than %d of its rows are unreadable, the last because %s"
                        .formatted(MAX_UNREADABLE, faults.getFirst().reason()));
            }
            boolean wantsMore = readable.isEmpty()
                    ? visitor.unreadable(faults.getFirst())
                    : visitor.transaction(readable.getFirst());
            if (!wantsMore) {
                return false;
            }
            position++;
        }
        return true;
    }

    private static void row(
            JsonParser parser,
            JsonToken token,
            int position,
            Map<String, String> seen,
            List<SteveTransaction> readable,
            List<UnreadableRow> unreadable) {
        if (token == JsonToken.START_OBJECT) {
            SteveRow row = SteveRow.read(parser, TRANSACTION, seen);
            try {
                readable.add(transaction(row));
            } catch (SteveRow.Fault e) {
                unreadable.add(new UnreadableRow(position, row.longIfReadable("id"), faultOf(e)));
            }
        } else {
            parser.skipChildren();
            unreadable.add(new UnreadableRow(
                    position, Optional.empty(), "the row is " + SteveRow.kind(token) + "; expected an object"));
        }
    }

    /** Reads one transaction and passes its values on row by row; transaction and values may come in either order. */
    static SteveTransaction details(InputStream in, SteveValues values) throws IOException {
        List<SteveTransaction> transaction = new ArrayList<>(1);
        List<String> parts = new ArrayList<>();
        try {
            whole(() -> FACTORY.createParser(ObjectReadContext.empty(), in), parser -> {
                expect(parser.nextToken(), JsonToken.START_OBJECT, "the answer");
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    JsonToken token = parser.nextToken();
                    if (parts.contains(name)) {
                        throw new UnreadableAnswer(name + " is there twice");
                    }
                    switch (name) {
                        case "transaction" -> {
                            expect(token, JsonToken.START_OBJECT, name);
                            parts.add(name);
                            transaction.add(transaction(SteveRow.read(parser, TRANSACTION, new HashMap<>())));
                        }
                        case "values" -> {
                            expect(token, JsonToken.START_ARRAY, name);
                            parts.add(name);
                            values(parser, values);
                        }
                        default -> parser.skipChildren();
                    }
                }
            });
        } catch (SteveRow.Fault e) {
            throw new UnreadableAnswer("its transaction cannot be read: " + e.getMessage());
        }
        if (parts.size() != 2) {
            throw new UnreadableAnswer("it has only %s; expected transaction and values".formatted(parts));
        }
        return transaction.getFirst();
    }

    /** Passes on the rows of the current array. */
    private static void values(JsonParser parser, SteveValues values) {
        Map<String, String> seen = new HashMap<>();
        int unreadable = 0;
        int position = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            String reason = token == JsonToken.START_OBJECT
                    ? value(SteveRow.read(parser, METER_VALUE, seen), values)
                    : skipped(parser, token);
            if (!reason.isEmpty()) {
                unreadable++;
                // Bad rows among a million good ones may be SteVe's; an answer of mostly bad rows is not.
                if (unreadable > MAX_UNREADABLE && unreadable > position / 2) {
                    throw new UnreadableAnswer("more than %d of its rows are unreadable, the last because %s"
                            .formatted(MAX_UNREADABLE, reason));
                }
                values.unreadable(new UnreadableRow(position, Optional.empty(), reason));
            }
            position++;
        }
    }

    /**
     * @return why the row is unreadable; empty if it was processed
     */
    private static String value(SteveRow row, SteveValues values) {
        try {
            Optional<String> measurand = row.text("measurand", SteveRow.COLUMN);
            if (values.wants(measurand, row.text("format", SteveRow.COLUMN))) {
                values.value(meterValue(row));
            } else {
                values.dropped(measurand);
            }
            return "";
        } catch (SteveRow.Fault e) {
            return faultOf(e);
        }
    }

    /** Skips an element that is not a row, and returns the fault. */
    private static String skipped(JsonParser parser, JsonToken token) {
        parser.skipChildren();
        return "the row is " + SteveRow.kind(token) + "; expected an object";
    }

    static List<SteveOcppTag> tags(InputStream in, Consumer<UnreadableRow> leftOut) throws IOException {
        List<SteveOcppTag> tags = new ArrayList<>();
        List<UnreadableRow> unreadable = new ArrayList<>();
        whole(() -> FACTORY.createParser(ObjectReadContext.empty(), in), parser -> {
            expect(parser.nextToken(), JsonToken.START_ARRAY, "the answer");
            rows(parser, TAG, "ocppTagPk", SteveJson::tag, tags, unreadable);
        });
        unreadable.forEach(leftOut);
        return List.copyOf(tags);
    }

    static SteveOcppTag tag(InputStream in) throws IOException {
        List<SteveOcppTag> tag = new ArrayList<>(1);
        try {
            whole(() -> FACTORY.createParser(ObjectReadContext.empty(), in), parser -> {
                expect(parser.nextToken(), JsonToken.START_OBJECT, "the answer");
                tag.add(tag(SteveRow.read(parser, TAG, new HashMap<>())));
            });
        } catch (SteveRow.Fault e) {
            throw new UnreadableAnswer("the tag cannot be read: " + e.getMessage());
        }
        return tag.getFirst();
    }

    static Optional<SteveError> error(InputStream in) throws IOException {
        List<SteveError> error = new ArrayList<>(1);
        try {
            whole(() -> FACTORY.createParser(ObjectReadContext.empty(), in), parser -> {
                expect(parser.nextToken(), JsonToken.START_OBJECT, "the error");
                SteveRow row = SteveRow.read(parser, ERROR, new HashMap<>());
                error.add(new SteveError(row.requiredInt("status"), row.requiredText("message", SteveRow.TEXT)));
            });
        } catch (SteveRow.Fault e) {
            return Optional.empty();
        }
        return error.stream().findFirst();
    }

    /** At most 100 characters of external text, for messages and logs; control characters become spaces. */
    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }

    private static SteveTransaction transaction(SteveRow row) {
        Optional<SteveStop> stop = row.instant("stopTimestamp")
                .map(at -> new SteveStop(
                        at,
                        row.text("stopValue", SteveRow.COLUMN),
                        row.text("stopReason", SteveRow.COLUMN),
                        row.text("stopEventActor", SteveRow.COLUMN)));
        if (stop.isEmpty() && row.text("stopValue", SteveRow.COLUMN).isPresent()) {
            throw new SteveRow.Fault("stopValue is there without stopTimestamp; expected both or neither");
        }
        return new SteveTransaction(
                row.requiredLong("id"),
                row.requiredName("chargeBoxId"),
                row.requiredInt("connectorId"),
                row.requiredName("ocppIdTag"),
                row.requiredInstant("startTimestamp"),
                row.requiredText("startValue", SteveRow.COLUMN),
                stop);
    }

    private static SampledValue meterValue(SteveRow row) {
        return new SampledValue(
                row.requiredInstant("valueTimestamp"),
                row.requiredText("value", SteveRow.TEXT),
                row.text("readingContext", SteveRow.COLUMN),
                row.text("format", SteveRow.COLUMN),
                row.text("measurand", SteveRow.COLUMN),
                row.text("location", SteveRow.COLUMN),
                row.text("unit", SteveRow.COLUMN),
                row.text("phase", SteveRow.COLUMN));
    }

    private static SteveOcppTag tag(SteveRow row) {
        return new SteveOcppTag(
                row.requiredLong("ocppTagPk"),
                row.requiredName("idTag"),
                row.text("parentIdTag", SteveRow.COLUMN),
                row.instant("expiryDate"),
                row.requiredInt("maxActiveTransactionCount"),
                row.requiredInt("activeTransactionCount"),
                row.text("note", SteveRow.TEXT));
    }

    /** Reads the rows of the current array; collects unreadable ones separately. */
    private static <T> void rows(
            JsonParser parser,
            Set<String> names,
            String idName,
            Function<SteveRow, T> reader,
            List<T> readable,
            List<UnreadableRow> unreadable) {
        Map<String, String> seen = new HashMap<>();
        int position = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                SteveRow row = SteveRow.read(parser, names, seen);
                try {
                    readable.add(reader.apply(row));
                } catch (SteveRow.Fault e) {
                    unreadable.add(new UnreadableRow(position, row.longIfReadable(idName), faultOf(e)));
                }
            } else {
                unreadable.add(new UnreadableRow(position, Optional.empty(), skipped(parser, token)));
            }
            if (unreadable.size() > MAX_UNREADABLE) {
                throw new UnreadableAnswer("more than %d of its rows are unreadable, the first because %s"
                        .formatted(MAX_UNREADABLE, unreadable.getFirst().reason()));
            }
            position++;
        }
    }

    private static String faultOf(SteveRow.Fault fault) {
        return String.valueOf(fault.getMessage());
    }

    private interface ParserSource {
        JsonParser open() throws IOException;
    }

    /** Reads exactly one document; trailing content makes it unreadable. */
    private static void whole(ParserSource source, Consumer<JsonParser> reader) throws IOException {
        try (JsonParser parser = source.open()) {
            reader.accept(parser);
            if (parser.nextToken() != null) {
                throw new UnreadableAnswer("something follows the end of the JSON document");
            }
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new UnreadableAnswer("it is not one whole JSON document");
        }
    }

    private static void expect(JsonToken token, JsonToken expected, String what) {
        if (token != expected) {
            throw new UnreadableAnswer("%s is %s; expected %s"
                    .formatted(what, token == null ? "empty" : SteveRow.kind(token), SteveRow.kind(expected)));
        }
    }
}
