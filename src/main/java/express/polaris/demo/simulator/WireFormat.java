package express.polaris.demo.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** SteVe's JSON format of values: instants in UTC with three decimals, absent values as null. */
final class WireFormat {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WireFormat() {}

    static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    static void text(JsonGenerator json, String name, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }

    static void timestamp(JsonGenerator json, String name, Optional<Instant> value) {
        text(json, name, value.map(WireFormat::timestamp));
    }
}
