package express.polaris.sessions.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import express.polaris.metering.SampledValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Part of an answer's rows, gzipped. Uncompressed it is one JSON array per row. A value is {@code [time, value, kind]},
 * with the time in microseconds since 1970, or as text outside the years 1 to 9999. The kind is
 * {@code [context, format, measurand, location, unit, phase]}, written out at its first occurrence and as an index,
 * from 0, after that. An unreadable row is {@code [reason]}.
 */
final class RowChunk {

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private record Kind(
            Optional<String> context,
            Optional<String> format,
            Optional<String> measurand,
            Optional<String> location,
            Optional<String> unit,
            Optional<String> phase) {

        static Kind of(SampledValue value) {
            return new Kind(
                    value.context(), value.format(), value.measurand(), value.location(), value.unit(), value.phase());
        }

        List<Optional<String>> parts() {
            return List.of(context, format, measurand, location, unit, phase);
        }
    }

    private RowChunk() {}

    /** Collects rows until the chunk is full. */
    static final class Writer {

        static final int MOST_ROWS = 2_000;
        private static final int MOST_BYTES = 256 * 1024;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // A Writer turns half a surrogate pair, which a station may send, into a question mark.
        private final JsonGenerator json =
                JSON.createGenerator(ObjectWriteContext.empty(), new OutputStreamWriter(bytes, UTF_8));
        private final Map<Kind, Integer> kinds = new HashMap<>();
        private int rows;
        private long characters;

        boolean isFull() {
            return rows >= MOST_ROWS || characters >= MOST_BYTES;
        }

        void add(SampledValue value) {
            json.writeStartArray();
            writeTime(value.timestamp());
            json.writeString(value.value());
            writeKind(Kind.of(value));
            json.writeEndArray();
            rows++;
            characters += 40L + value.value().length();
        }

        void unreadable(String reason) {
            json.writeStartArray();
            json.writeString(reason);
            json.writeEndArray();
            rows++;
            characters += 40L + reason.length();
        }

        byte[] finish() {
            json.close();
            return compressed(bytes);
        }

        private void writeTime(Instant at) {
            if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                json.writeString(at.toString());
            } else {
                json.writeNumber(ChronoUnit.MICROS.between(Instant.EPOCH, at));
            }
        }

        private void writeKind(Kind kind) {
            var known = kinds.putIfAbsent(kind, kinds.size());
            if (known != null) {
                json.writeNumber(known);
                return;
            }
            json.writeStartArray();
            for (var part : kind.parts()) {
                if (part.isPresent()) {
                    json.writeString(part.get());
                } else {
                    json.writeNull();
                }
            }
            json.writeEndArray();
        }
    }

    /** Passes the rows of a chunk in order. */
    static void read(byte[] chunk, Consumer<KeptRow> rows) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(chunk), 16 * 1024);
                var json = JSON.createParser(ObjectReadContext.empty(), gzip)) {
            var kinds = new ArrayList<Kind>();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                rows.accept(row(json, kinds));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack a stored answer", e);
        }
    }

    private static KeptRow row(JsonParser json, List<Kind> kinds) {
        var first = json.nextToken();
        var text = json.getString();
        if (json.nextToken() == JsonToken.END_ARRAY) {
            return new KeptRow.Unreadable(text);
        }
        var at = first == JsonToken.VALUE_STRING
                ? Instant.parse(text)
                : Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
        var value = json.getString();
        var kind = json.nextToken() == JsonToken.START_ARRAY ? newKind(json, kinds) : kinds.get(json.getIntValue());
        json.nextToken();
        return new KeptRow.Value(new SampledValue(
                at, value, kind.context, kind.format, kind.measurand, kind.location, kind.unit, kind.phase));
    }

    private static Kind newKind(JsonParser json, List<Kind> kinds) {
        var parts = new ArrayList<Optional<String>>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            parts.add(Optional.ofNullable(textOrNull(json)));
        }
        var kind = new Kind(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5));
        kinds.add(kind);
        return kind;
    }

    private static @Nullable String textOrNull(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getString();
    }

    private static byte[] compressed(ByteArrayOutputStream rows) {
        var bytes = new ByteArrayOutputStream(rows.size() / 8 + 64);
        try (var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            rows.writeTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
