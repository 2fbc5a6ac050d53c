package express.polaris.upgrade;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.statistics.Accounting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The portal's sessions, money and usage in its JSON API: one line per item, its name before its values. Later versions
 * may add values, but not change any.
 */
record PortalNumbers(Map<String, JsonNode> things) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OF_A_SESSION = Set.of(
            "status",
            "isLive",
            "isFinal",
            "startedAt",
            "endedAt",
            "durationSeconds",
            "energyKwh",
            "averageKw",
            "meterStartWh",
            "meterStopWh",
            "stopReason",
            "flags",
            "cost",
            "invoices");

    static PortalNumbers of(ApplicationContext application) {
        var things = new TreeMap<String, JsonNode>();
        var operator = FixtureApi.of(application, StoppedTime.OPERATOR);
        for (var session : operator.all("/operator/transactions")) {
            long id = session.path("id").asLong();
            things.put("session " + id, ofSession(session));
            if (isLookedAtClosely(session)) {
                things.put("readings " + id, ofReadings(operator, id));
            }
        }
        for (var invoice : operator.all("/operator/invoices")) {
            things.put("invoice " + invoice.path("number").asString(), invoice);
        }
        for (var subscription : operator.all("/operator/subscriptions")) {
            things.put("subscription " + subscription.path("id").asLong(), subscription);
        }
        for (var email : driversWithPassword(application)) {
            var driver = FixtureApi.of(application, email);
            for (var period : List.of("current", "previous", "year")) {
                things.put("usage " + email + " " + period, driver.get("/usage?period=" + period));
            }
            driver.all("/sessions").stream()
                    .filter(PortalNumbers::isLookedAtClosely)
                    .map(session -> session.path("id").asLong())
                    .forEach(id -> things.put("timeline " + id, sums(driver.get("/sessions/" + id + "/timeline"))));
        }
        things.put(
                "accounting", ofAccounting(application.getBean(Accounting.class).drawUp()));
        return parse(new PortalNumbers(things).lines());
    }

    static PortalNumbers parse(String lines) {
        var things = new LinkedHashMap<String, JsonNode>();
        lines.lines().forEach(line -> {
            int values = line.indexOf('\t');
            things.put(line.substring(0, values), JSON.readTree(line.substring(values + 1)));
        });
        return new PortalNumbers(things);
    }

    String lines() {
        return things.entrySet().stream()
                .map(thing -> thing.getKey() + "\t" + thing.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The values that the later numbers lack or that differ there. */
    List<String> differences(PortalNumbers later) {
        var differences = new ArrayList<String>();
        things.forEach((name, values) -> {
            var found = later.things().get(name);
            if (found == null) {
                differences.add(name + " is missing");
            } else {
                compare(name, values, found, differences);
            }
        });
        return differences;
    }

    private static void compare(String name, JsonNode expected, JsonNode found, List<String> differences) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field -> compare(
                            name + " " + field.getKey(), field.getValue(), found.path(field.getKey()), differences));
        } else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(name + " " + i, expected.get(i), found.get(i), differences);
            }
        } else if (!expected.equals(found)) {
            differences.add(name + ": " + expected + " became " + found);
        }
    }

    /** Selects unusual sessions, and every tenth of the others. */
    private static boolean isLookedAtClosely(JsonNode session) {
        return !session.path("flags").isEmpty()
                || session.path("invoices").size() > 1
                || session.path("id").asLong() % 10 == 0;
    }

    private static List<String> driversWithPassword(ApplicationContext application) {
        return application
                .getBean(JdbcClient.class)
                .sql("""
                select email from accounts
                 where role = 'DRIVER' and password_hash is not null and disabled_at is null order by email
                """)
                .query((row, number) -> row.getString("email"))
                .list();
    }

    private static JsonNode ofSession(JsonNode session) {
        var kept = JSON.createObjectNode();
        session.properties().stream()
                .filter(field -> OF_A_SESSION.contains(field.getKey()))
                .forEach(field -> kept.set(field.getKey(), field.getValue()));
        kept.set("driver", session.path("driver").path("id"));
        return kept;
    }

    /** The number of stored rows of SteVe's answer; the list may be paged. */
    private static JsonNode ofReadings(FixtureApi operator, long id) {
        var kept = JSON.createObjectNode();
        var path = "/operator/transactions/" + id + "/readings";
        var page = operator.get(path);
        kept.set("readAt", page.path("readAt"));
        int rows = page.path("rows").size();
        while (page.path("nextCursor").isString()) {
            page = operator.get(path + "?cursor=" + page.path("nextCursor").stringValue());
            rows += page.path("rows").size();
        }
        kept.put("rows", rows);
        return kept;
    }

    private static JsonNode sums(JsonNode timeline) {
        var sums = JSON.createObjectNode();
        var items = timeline.path("items");
        sums.put("items", items.size());
        sums.put(
                "kwhDelta",
                items.values().stream()
                        .map(item -> new BigDecimal(item.path("kwhDelta").asString()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .toPlainString());
        return sums;
    }

    private static ObjectNode ofAccounting(Accounting.Statement statement) {
        var accounting = JSON.createObjectNode();
        accounting.put("sessions", statement.sessions());
        accounting.put("events", statement.events().toString());
        accounting.put("meters", statement.meters().toString());
        accounting.put(
                "different",
                statement.different().stream().map(SessionId::toString).collect(Collectors.joining(" ")));
        accounting.put("unowned", statement.unowned().toString());
        accounting.put("vanished", statement.vanished().toString());
        return accounting;
    }
}
