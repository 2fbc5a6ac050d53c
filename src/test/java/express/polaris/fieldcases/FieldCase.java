package express.polaris.fieldcases;

import express.polaris.demo.simulator.SimulatedMeterValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A case as defined by its file.
 *
 * <p>Instants are {@code @-50m} (relative to the beginning of the case, in {@code s}, {@code m}, {@code h}, {@code d},
 * also {@code @-7d22h}) or ISO 8601. A row of {@code values} is {@code [valueTimestamp, value, measurand, unit,
 * readingContext, phase, location, format]}.
 *
 * @param right the expected result, and its reason
 * @param tag SteVe's idTag; if absent, a unique one
 * @param card the idTag under which the driver's card is linked
 * @param limit of the connector in kW, if an operator has entered one
 * @param twin whether a second transaction exists beside it: sent two seconds earlier and never stopped
 */
record FieldCase(
        String id,
        String right,
        Optional<String> tag,
        Optional<String> card,
        Optional<String> limit,
        boolean twin,
        List<Step> steps) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RELATIVE = Pattern.compile("@([-+])((?:\\d+[smhd])+)");
    private static final Pattern PART = Pattern.compile("(\\d+)([smhd])");

    /** A state of SteVe's transaction and rows, with the expectations that must hold in it. */
    record Step(Transaction transaction, List<JsonNode> rows, List<Expectation> expectations) {}

    /** SteVe's transaction; instants are in the notation of the file. */
    record Transaction(
            String start,
            long startValue,
            Optional<String> stop,
            long stopValue,
            Optional<String> reason,
            String actor,
            Optional<String> box,
            Optional<String> tag) {

        static Transaction of(JsonNode tx) {
            return new Transaction(
                    tx.path("start").stringValue(),
                    Long.parseLong(tx.path("startValue").stringValue()),
                    text(tx.path("stop")),
                    text(tx.path("stopValue")).map(Long::parseLong).orElse(0L),
                    text(tx.path("reason")),
                    tx.path("actor").stringValue(),
                    text(tx.path("box")),
                    text(tx.path("tag")));
        }
    }

    /** @param path of a value, such as {@code session.energyKwh} */
    record Expectation(String path, String operator, String value) {

        @Override
        public String toString() {
            return path + " " + operator + " " + value;
        }
    }

    static Stream<FieldCase> all() {
        try (var files = Files.list(
                Path.of(Objects.requireNonNull(FieldCase.class.getResource("")).toURI()))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(FieldCase::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldCase read(Path file) {
        try {
            var json = JSON.readTree(Files.readString(file));
            return new FieldCase(
                    json.path("id").stringValue(),
                    json.path("right").stringValue(),
                    text(json.path("tag")),
                    text(json.path("card")),
                    text(json.path("limit")),
                    json.path("twin").asBoolean(false),
                    json.path("steps").valueStream().map(FieldCase::step).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(JsonNode step) {
        return new Step(
                Transaction.of(step.path("tx")),
                step.path("values").valueStream().toList(),
                step.path("expect")
                        .valueStream()
                        .map(line -> new Expectation(
                                line.get(0).asString(),
                                line.get(1).asString(),
                                line.get(2).asString()))
                        .toList());
    }

    static SimulatedMeterValue value(JsonNode row, Instant beginning) {
        return new SimulatedMeterValue(
                text(row.get(0)).map(time -> instant(time, beginning)).orElse(SimulatedMeterValue.NO_TIME),
                row.get(1).asString(),
                text(row.get(4)),
                text(row.get(7)),
                text(row.get(2)),
                text(row.get(6)),
                text(row.get(3)),
                text(row.get(5)));
    }

    static Instant instant(String text, Instant beginning) {
        var relative = RELATIVE.matcher(text);
        if (!relative.matches()) {
            return Instant.parse(text);
        }
        var distance = Duration.ZERO;
        var parts = PART.matcher(relative.group(2));
        while (parts.find()) {
            long number = Long.parseLong(parts.group(1));
            distance = distance.plus(
                    switch (parts.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        return relative.group(1).equals("-") ? beginning.minus(distance) : beginning.plus(distance);
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    @Override
    public String toString() {
        return id + ": " + right;
    }
}
