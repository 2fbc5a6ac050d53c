package express.polaris.sync;

import express.polaris.platform.refusals.Wording;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of faults in the database: the reason by name, its parts, and the detail. Independent of the application's
 * JSON settings.
 */
final class FaultJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KIND = "kind";
    private static final String PARTS = "parts";
    private static final String DETAIL = "detail";
    private static final String AT = "at";

    private FaultJson() {}

    static String of(SyncFault fault) {
        var json = json(fault.wording());
        fault.detail().ifPresent(detail -> json.put(DETAIL, detail));
        return JSON.writeValueAsString(json);
    }

    /**
     * Fault of a row; empty if both columns are null.
     *
     * @param words column with a text that has no reason
     */
    static Optional<SyncFault> fault(ResultSet row, String column, String words) throws SQLException {
        var text = row.getString(words);
        return Optional.ofNullable(row.getString(column))
                .map(JSON::readTree)
                .map(json -> new SyncFault(wording(json), json.path(DETAIL).stringValueOpt()))
                .or(() -> Optional.ofNullable(text).map(it -> SyncFault.of(SyncReason.WORDS.with(it))));
    }

    /** Fault of a row that is marked with the fault's kind, or with a text; empty if the mark is null. */
    static Optional<SyncFault> marked(ResultSet row, String column, String mark) throws SQLException {
        var text = row.getString(mark);
        return fault(row, column, mark)
                .filter(fault -> text != null)
                .map(fault -> fault.wording().reason().name().equals(text)
                        ? fault
                        : SyncFault.of(SyncReason.WORDS.with(text)));
    }

    private static Map<String, Object> json(Wording wording) {
        var json = new LinkedHashMap<String, Object>();
        json.put(KIND, wording.reason().name());
        json.put(PARTS, wording.parts().stream().map(FaultJson::part).toList());
        return json;
    }

    private static Object part(Object part) {
        return switch (part) {
            case Wording inner -> json(inner);
            case Instant instant -> Map.of(AT, instant.toString());
            default -> part;
        };
    }

    private static Wording wording(JsonNode json) {
        List<Object> parts = json.path(PARTS).valueStream().map(FaultJson::part).toList();
        return new Wording(SyncReason.valueOf(json.path(KIND).asString()), parts);
    }

    private static Object part(JsonNode json) {
        if (json.has(KIND)) {
            return wording(json);
        }
        if (json.has(AT)) {
            return Instant.parse(json.path(AT).asString());
        }
        return json.isIntegralNumber() ? (Object) json.asLong() : json.asString();
    }
}
