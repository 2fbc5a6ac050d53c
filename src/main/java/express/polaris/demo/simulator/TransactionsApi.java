package express.polaris.demo.simulator;

import express.polaris.demo.simulator.SimulatedTransaction.Open;
import express.polaris.demo.simulator.SimulatedTransaction.Stopped;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** {@code /transactions}: list, details, stop. */
final class TransactionsApi {

    private enum Type {
        ALL,
        ACTIVE,
        STOPPED
    }

    private enum PeriodType {
        ALL,
        TODAY,
        LAST_10,
        LAST_30,
        LAST_90,
        FROM_TO
    }

    private final SteveWorld world;

    TransactionsApi(SteveWorld world) {
        this.world = world;
    }

    ApiAnswer answer(ApiRequest request) {
        return switch (request.path().size()) {
            case 1 -> request.method().equals("GET") ? list(request) : new ApiAnswer.MethodNotAllowed("GET");
            case 2 -> request.method().equals("GET") ? details(request) : new ApiAnswer.MethodNotAllowed("GET");
            case 3 -> request.path().get(2).equals("stop") ? stop(request) : new ApiAnswer.UnknownPath();
            default -> new ApiAnswer.UnknownPath();
        };
    }

    private ApiAnswer list(ApiRequest request) {
        if (request.first("returnCSV").filter("true"::equals).isPresent()) {
            throw ApiFault.badRequest("returnCSV=true is not supported for API calls");
        }
        var found = candidates(request).filter(filter(request)).toList();
        return ApiAnswer.ok(json -> {
            json.writeStartArray();
            found.forEach(transaction -> write(json, transaction));
            json.writeEndArray();
        });
    }

    private Stream<SimulatedTransaction> candidates(ApiRequest request) {
        var ids = request.numbers("transactionPk");
        if (!ids.isEmpty()) {
            return ids.stream()
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .map(id -> world.transaction(id))
                    .flatMap(Optional::stream);
        }
        return request.choice("type", Type.ALL) == Type.ACTIVE ? world.activeTransactions() : world.transactions();
    }

    private Predicate<SimulatedTransaction> filter(ApiRequest request) {
        var type = request.choice("type", Type.ALL);
        var chargeBoxIds = request.all("chargeBoxId");
        var idTags = request.all("ocppIdTag");
        var connectorId = request.number("connectorId");
        var period = period(request);
        return transaction -> isOfType(transaction, type)
                && (chargeBoxIds.isEmpty()
                        || chargeBoxIds.stream()
                                .anyMatch(transaction.chargeBox().id()::equalsIgnoreCase))
                && (idTags.isEmpty() || idTags.stream().anyMatch(transaction.idTag()::equalsIgnoreCase))
                && (connectorId.isEmpty() || connectorId.get() == transaction.connectorId())
                && period.test(transaction.startedAt());
    }

    private static boolean isOfType(SimulatedTransaction transaction, Type type) {
        return switch (type) {
            case ALL -> true;
            case ACTIVE -> transaction.isActive();
            case STOPPED -> !transaction.isActive();
        };
    }

    private Predicate<Instant> period(ApiRequest request) {
        var from = request.first("from").map(TransactionsApi::instant);
        var to = request.first("to").map(TransactionsApi::instant);
        return switch (request.choice("periodType", PeriodType.ALL)) {
            case ALL -> start -> true;
            case TODAY -> since(world.now().truncatedTo(ChronoUnit.DAYS));
            case LAST_10 -> since(world.now().minus(Duration.ofDays(10)));
            case LAST_30 -> since(world.now().minus(Duration.ofDays(30)));
            case LAST_90 -> since(world.now().minus(Duration.ofDays(90)));
            case FROM_TO -> between(from.orElseThrow(ApiFault::notUnderstood), to.orElseThrow(ApiFault::notUnderstood));
        };
    }

    private static Predicate<Instant> since(Instant from) {
        return start -> !start.isBefore(from);
    }

    private static Predicate<Instant> between(Instant from, Instant to) {
        if (from.isAfter(to)) {
            throw ApiFault.notUnderstood();
        }
        return start -> !start.isBefore(from) && !start.isAfter(to);
    }

    private static Instant instant(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiFault.notUnderstood();
        }
    }

    private ApiAnswer details(ApiRequest request) {
        int id = request.pathNumber(1, "transactionPk", "int");
        boolean energyOnly =
                request.first("energyValuesOnly").map(TransactionsApi::truth).orElse(true);
        var transaction = find(id);
        return ApiAnswer.ok(json -> {
            json.writeStartObject();
            json.writeName("transaction");
            write(json, transaction);
            json.writeArrayPropertyStart("values");
            world.streamMeterValues(id)
                    .filter(value -> !energyOnly || value.isEnergy())
                    .forEach(value -> write(json, value));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default ->
                throw ApiFault.badRequest("Method parameter 'energyValuesOnly': Failed to convert value of type"
                        + " 'java.lang.String' to required type 'boolean'; Invalid boolean value [" + value + "]");
        };
    }

    private ApiAnswer stop(ApiRequest request) {
        if (!request.method().equals("PATCH")) {
            return new ApiAnswer.MethodNotAllowed("PATCH");
        }
        world.stopByHand(find(request.pathNumber(1, "transactionPk", "int")).id());
        return new ApiAnswer.Empty(200);
    }

    private SimulatedTransaction find(int id) {
        return world.transaction(id)
                .orElseThrow(() -> ApiFault.notFound("There is no transaction with id '" + id + "'"));
    }

    private void write(JsonGenerator json, SimulatedTransaction transaction) {
        json.writeStartObject();
        json.writeStringProperty("chargeBoxId", transaction.chargeBox().id());
        json.writeNumberProperty("chargeBoxPk", transaction.chargeBox().pk());
        json.writeNumberProperty("connectorId", transaction.connectorId());
        json.writeNumberProperty("id", transaction.id());
        json.writeStringProperty("ocppIdTag", transaction.idTag());
        json.writeNumberProperty(
                "ocppTagPk",
                world.tag(transaction.idTag()).map(SimulatedTag::pk).orElse(0));
        json.writeStringProperty("startTimestamp", WireFormat.timestamp(transaction.startedAt()));
        json.writeStringProperty("startValue", Long.toString(transaction.startWattHours()));
        switch (transaction.end()) {
            case Open ignored -> {
                json.writeNullProperty("stopEventActor");
                json.writeNullProperty("stopReason");
                json.writeNullProperty("stopTimestamp");
                json.writeNullProperty("stopValue");
            }
            case Stopped stop -> {
                json.writeStringProperty("stopEventActor", stop.actor().wireName());
                WireFormat.text(json, "stopReason", stop.reason());
                json.writeStringProperty("stopTimestamp", WireFormat.timestamp(stop.at()));
                json.writeStringProperty("stopValue", Long.toString(stop.wattHours()));
            }
        }
        json.writeNullProperty("userId");
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SimulatedMeterValue value) {
        json.writeStartObject();
        WireFormat.text(
                json,
                "valueTimestamp",
                Optional.of(value.timestamp())
                        .filter(time -> !time.equals(SimulatedMeterValue.NO_TIME))
                        .map(WireFormat::timestamp));
        json.writeStringProperty("value", value.value());
        WireFormat.text(json, "readingContext", value.context());
        WireFormat.text(json, "format", value.format());
        WireFormat.text(json, "measurand", value.measurand());
        WireFormat.text(json, "location", value.location());
        WireFormat.text(json, "unit", value.unit());
        WireFormat.text(json, "phase", value.phase());
        json.writeEndObject();
    }
}
