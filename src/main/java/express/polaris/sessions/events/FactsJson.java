package express.polaris.sessions.events;

import express.polaris.metering.MeterStop;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the facts stored with a kept answer; independent of the application's JSON settings. */
final class FactsJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FactsJson() {}

    static String of(TransactionFacts facts) {
        var json = new LinkedHashMap<String, Object>();
        json.put("chargeBoxId", facts.chargeBoxId());
        json.put("connectorId", facts.connectorId());
        json.put("idTag", facts.idTag());
        json.put("startedAt", facts.startedAt().toString());
        json.put("startWh", facts.startValue().wattHours().toPlainString());
        facts.stop().ifPresent(stop -> {
            json.put("stoppedAt", stop.at().toString());
            stop.value().ifPresent(value -> json.put("stopWh", value.wattHours().toPlainString()));
            stop.reason().ifPresent(reason -> json.put("reason", reason));
            stop.actor().ifPresent(actor -> json.put("actor", actor));
        });
        return JSON.writeValueAsString(json);
    }

    static TransactionFacts facts(SessionId id, String text) {
        var json = JSON.readTree(text);
        return new TransactionFacts(
                id,
                json.path("chargeBoxId").asString(),
                json.path("connectorId").asInt(),
                json.path("idTag").asString(),
                Instant.parse(json.path("startedAt").asString()),
                Energy.ofWattHours(json.path("startWh").asString()),
                text(json, "stoppedAt")
                        .map(at -> new MeterStop(
                                Instant.parse(at),
                                text(json, "stopWh").map(Energy::ofWattHours),
                                text(json, "reason"),
                                text(json, "actor"))));
    }

    static String of(Map<String, Integer> counts) {
        return JSON.writeValueAsString(counts);
    }

    static Map<String, Integer> counts(String text) {
        var counts = new TreeMap<String, Integer>();
        JSON.readTree(text)
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.path(name).stringValueOpt();
    }
}
