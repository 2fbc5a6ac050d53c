package express.polaris.metering;

import express.polaris.units.Energy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded details answer of a real SteVe. */
record Recording(MeteredTransaction transaction, List<SampledValue> values) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Recording of(String name) {
        var path = "/express/polaris/steve/recordings/tx-details-" + name + ".json";
        try (var in = Recording.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no recording " + path);
            }
            var body = JSON.readTree(in).path("response").path("body");
            return new Recording(
                    transaction(body.path("transaction")),
                    body.path("values").valueStream().map(Recording::value).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MeterSeries seriesAt(String now) {
        return MeterSeries.of(transaction, MeterValues.of(values), Instant.parse(now));
    }

    private static MeteredTransaction transaction(JsonNode node) {
        return MeteredTransaction.seenAtItsStart(
                Instant.parse(node.path("startTimestamp").asString()),
                energy(node.path("startValue").asString()),
                text(node, "stopTimestamp")
                        .map(at -> new MeterStop(
                                Instant.parse(at),
                                text(node, "stopValue").map(Recording::energy),
                                text(node, "stopReason"),
                                text(node, "stopEventActor"))),
                Optional.empty());
    }

    private static Energy energy(String text) {
        return ((MeterValueText.Readable) MeterValueText.parse(text)).energy();
    }

    private static SampledValue value(JsonNode node) {
        return new SampledValue(
                Instant.parse(node.path("valueTimestamp").asString()),
                node.path("value").asString(),
                text(node, "readingContext"),
                text(node, "format"),
                text(node, "measurand"),
                text(node, "location"),
                text(node, "unit"),
                text(node, "phase"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).isNull()
                ? Optional.empty()
                : Optional.of(node.path(name).asString());
    }
}
