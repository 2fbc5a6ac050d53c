package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.sql.SqlTime;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The driver's sessions as JSON, from SteVe's answers to the API. */
@ApplicationTest
class SessionsApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final Charging charging;
    private final JdbcClient jdbc;

    SessionsApiTest(Portal portal, Charging charging, JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.jdbc = jdbc;
    }

    @Test
    void aLiveSessionHasTheDocumentedFieldsInOrder() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        long id = charging.live(box, card);
        var session = json(portal.withToken(driver).get("/api/v1/sessions/" + id));
        assertThat(session.propertyNames())
                .containsExactly(
                        "id",
                        "status",
                        "isLive",
                        "isFinal",
                        "note",
                        "revision",
                        "startedAt",
                        "endedAt",
                        "durationSeconds",
                        "lastReadingAt",
                        "energyKwh",
                        "measuredKwh",
                        "steveKwh",
                        "disputed",
                        "energyDecision",
                        "averageKw",
                        "powerKw",
                        "powerDerived",
                        "soc",
                        "meterStartWh",
                        "meterStopWh",
                        "stopReason",
                        "flags",
                        "charger",
                        "card",
                        "cost",
                        "invoice",
                        "invoices");
        assertThat(session.path("id").isNumber()).isTrue();
        assertThat(session.path("id").asLong()).isEqualTo(id);
        assertThat(session.path("status").asString()).isEqualTo("in_progress");
        assertThat(session.path("isLive").asBoolean()).isTrue();
        assertThat(session.path("isFinal").asBoolean()).isFalse();
        assertThat(session.path("note").asString()).isEqualTo("charging");
        assertThat(session.path("startedAt").asString()).endsWith("Z");
        assertThat(session.path("endedAt").isNull()).isTrue();
        // 5000 - 1000 Wh
        assertThat(session.path("energyKwh").asString()).isEqualTo("4.000000");
        assertThat(session.path("powerKw").asString()).isEqualTo("12.000");
        assertThat(session.path("powerDerived").asBoolean()).isFalse();
        assertThat(session.path("soc").isNull()).isTrue();
        assertThat(session.path("meterStartWh").asString()).isEqualTo("1000");
        assertThat(session.path("meterStopWh").isNull()).isTrue();
        assertThat(session.path("flags").toString()).isEqualTo("[]");
        assertThat(session.path("charger").toString())
                .isEqualTo(("{\"chargeBoxId\":\"%s\",\"name\":\"%s\",\"publicId\":null,\"connectorId\":1,"
                                + "\"connectorType\":null,\"maxKw\":null}")
                        .formatted(box, box));
        assertThat(session.path("card").toString())
                .isEqualTo("{\"id\":" + card.id().value() + ",\"label\":\"Blue fob\"}");
        // energy without a subscription has no price
        assertThat(session.path("cost").toString())
                .isEqualTo(
                        "{\"amount\":null,\"currency\":\"EUR\",\"coverage\":\"unknown\",\"estimate\":true,\"lines\":[]}");
        assertThat(session.path("invoice").isNull()).isTrue();
        assertThat(session.path("invoices").toString()).isEqualTo("[]");
    }

    @Test
    void aCompletedSessionHasTotalsAndNoLiveValues() {
        var driver = portal.driver();
        var start = charging.now().minus(Duration.ofHours(3));
        long id = charging.completed(driver, start);
        var session = json(portal.withToken(driver).get("/api/v1/sessions/" + id));
        assertThat(session.path("status").asString()).isEqualTo("completed");
        assertThat(session.path("note").isNull()).isTrue();
        assertThat(session.path("endedAt").asString())
                .isEqualTo(start.plus(Duration.ofMinutes(25)).toString());
        assertThat(session.path("durationSeconds").asLong()).isEqualTo(25 * 60);
        // 7000 - 1000 Wh
        assertThat(session.path("energyKwh").asString()).isEqualTo("6.000000");
        // 6 kWh / (25/60 h)
        assertThat(session.path("averageKw").asString()).isEqualTo("14.400");
        assertThat(session.path("powerKw").isNull()).isTrue();
        assertThat(session.path("soc").isNull()).isTrue();
        assertThat(session.path("meterStopWh").asString()).isEqualTo("7000");
        assertThat(session.path("stopReason").asString()).isEqualTo("EVDisconnected");
    }

    @Test
    void theTimelineAccumulatesEnergyFromTheOldestEvent() {
        var driver = portal.driver();
        var start = charging.now().minus(Duration.ofHours(3));
        long id = charging.completed(driver, start);
        var items = json(portal.withToken(driver).get("/api/v1/sessions/" + id + "/timeline"))
                .path("items");
        assertThat(items.size()).isEqualTo(3);
        assertThat(items.path(0).propertyNames())
                .containsExactly(
                        "position",
                        "measuredAt",
                        "kwhDelta",
                        "totalKwh",
                        "powerKw",
                        "powerDerived",
                        "soc",
                        "isFinal",
                        "flags",
                        "cost");
        assertThat(items.valueStream().map(item -> item.path("kwhDelta").asString()))
                .containsExactly("2.000000", "2.000000", "2.000000");
        assertThat(items.valueStream().map(item -> item.path("totalKwh").asString()))
                .containsExactly("2.000000", "4.000000", "6.000000");
        assertThat(items.valueStream().map(item -> item.path("isFinal").asBoolean()))
                .containsExactly(false, false, true);
        assertThat(items.path(0).path("measuredAt").asString())
                .isEqualTo(start.plus(Duration.ofMinutes(10)).toString());
    }

    @Test
    void unknownMalformedAndForeignIdsGetTheSameAnswer() {
        long foreign = charging.live(portal.driver());
        var script = portal.withToken(portal.driver());
        for (var end : new String[] {"", "/timeline", "/stream"}) {
            var expected = essence(script.get("/api/v1/sessions/999999999" + end));
            assertThat(expected).startsWith("404");
            for (var id :
                    new String[] {Long.toString(foreign), "abc", "0", "-1", "01", "1.0", "99999999999999999999"}) {
                assertThat(essence(script.get("/api/v1/sessions/" + id + end)))
                        .as(id + end)
                        .isEqualTo(expected);
            }
        }
        assertThat(essence(script.call("POST", "/api/v1/sessions/" + foreign + "/stop", "")))
                .isEqualTo(essence(script.call("POST", "/api/v1/sessions/999999999/stop", "")))
                .startsWith("404");
    }

    @Test
    void filtersRestrictAndUnknownIdsMatchNothing() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var other = charging.card(portal.driver(), "Somebody's");
        var box = charging.chargeBox();
        long done = charging.completed(box, card, charging.now().minus(Duration.ofDays(2)));
        long live = charging.live(charging.chargeBox(), card);
        var script = portal.withToken(driver);
        assertThat(ids(script, "")).containsExactly(live, done);
        assertThat(ids(script, "?status=completed")).containsExactly(done);
        assertThat(ids(script, "?status=in_progress")).containsExactly(live);
        assertThat(ids(script, "?cardId=" + card.id().value())).containsExactly(live, done);
        assertThat(ids(script, "?chargeBoxId=" + box.toLowerCase(java.util.Locale.ROOT)))
                .containsExactly(done);
        for (var nothing : new String[] {
            "?cardId=" + other.id().value(), "?cardId=999999", "?cardId=abc", "?chargeBoxId=nowhere", "?chargeBoxId="
        }) {
            assertThat(ids(script, nothing)).as(nothing).isEmpty();
        }
    }

    @Test
    void fromAndToAreInclusiveDaysInTheDriversZone() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var day = charging.now().atZone(driver.timeZone()).toLocalDate().minusDays(3);
        long first = charging.completed(
                charging.chargeBox(), card, day.atStartOfDay(driver.timeZone()).toInstant());
        long last = charging.completed(
                charging.chargeBox(),
                card,
                day.plusDays(1).atStartOfDay(driver.timeZone()).toInstant().minusSeconds(1));
        charging.completed(
                charging.chargeBox(),
                card,
                day.plusDays(1).atStartOfDay(driver.timeZone()).toInstant());
        var script = portal.withToken(driver);
        assertThat(ids(script, "?from=" + day + "&to=" + day)).containsExactly(last, first);
        assertThat(ids(script, "?to=" + day.minusDays(1))).isEmpty();
        assertThat(ids(script, "?from=" + day.plusDays(2))).isEmpty();
    }

    @Test
    void anInvalidQueryNamesTheParameter() {
        var script = portal.withToken(portal.driver());
        for (var fault : Map.of(
                        "status", "status=done",
                        "from", "from=2026-02-30",
                        "to", "to=yesterday",
                        "limit", "limit=0",
                        "cursor", "cursor=!!",
                        "colour", "colour=red")
                .entrySet()) {
            var answer = script.get("/api/v1/sessions?" + fault.getValue());
            assertThat(answer.statusCode()).as(fault.getValue()).isEqualTo(400);
            assertThat(json(answer).path("errors").path(0).path("field").asString())
                    .isEqualTo(fault.getKey());
        }
        assertThat(script.get("/api/v1/sessions?limit=201").statusCode()).isEqualTo(400);
        assertThat(script.get("/api/v1/sessions?limit=1&limit=2").statusCode()).isEqualTo(400);
        var farAway = new express.polaris.sessions.SessionCursor(
                Instant.ofEpochSecond(31_556_889_864_403_199L), new express.polaris.sessions.SessionId(1));
        assertThat(script.get("/api/v1/sessions?cursor=" + farAway.encoded()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void pagesHaveNoGapsOrDuplicatesWhileSessionsArrive() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        var base = charging.now().minus(Duration.ofDays(5));
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            expected.addFirst(charging.completed(box, card, base.plus(Duration.ofHours(i))));
        }
        var script = portal.withToken(driver);
        var seen = new LinkedHashSet<Long>();
        var page = json(script.get("/api/v1/sessions?limit=2"));
        page.path("items").forEach(item -> seen.add(item.path("id").asLong()));
        charging.live(charging.chargeBox(), card);
        while (!page.path("nextCursor").isNull()) {
            page = json(script.get(
                    "/api/v1/sessions?limit=2&cursor=" + page.path("nextCursor").asString()));
            page.path("items")
                    .forEach(item -> assertThat(seen.add(item.path("id").asLong()))
                            .as("seen twice")
                            .isTrue());
        }
        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void theCsvHasTheSessionsOfTheList() {
        var driver = portal.driver();
        var card = charging.card(driver, "=SUM(A1), \"x\"");
        var box = charging.chargeBox();
        var start = charging.now().minus(Duration.ofHours(3));
        long id = charging.completed(box, card, start);
        var answer = portal.signedIn(driver).get("/api/v1/sessions.csv?status=completed");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(answer.body())
                .isEqualTo(
                        "session_id,started_at,ended_at,duration_seconds,status,charge_box,connector,card,energy_kwh,"
                                + "average_kw,cost_amount,cost_currency,cost_coverage,stop_reason\r\n"
                                + id + "," + start + "," + start.plus(Duration.ofMinutes(25)) + ",1500,completed," + box
                                + ",1,\"'=SUM(A1), \"\"x\"\"\",6.000000,14.400,,EUR,unknown,EVDisconnected\r\n");
        assertThat(portal.withToken(driver).get("/api/v1/sessions.csv?limit=3").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aCsvOfThousandsHasEverySessionOnce() {
        var driver = portal.driver();
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, is_finalized, finalized_at, last_read_at, gone_from_steve_at, updated_at)
            select 510000000 + n, 'CSV', 1, 'CSVTAG', :driver, start, start, start, 0, start, start, true, start, start,
                   start, start
              from (select n, cast(:start as timestamptz) - n / 3 * interval '1 minute' as start
                      from generate_series(1, 1234) n) started
            """)
                .param("driver", driver.id().value())
                .param("start", SqlTime.utc(charging.now()))
                .update();
        var lines = portal.withToken(driver).get("/api/v1/sessions.csv").body().split("\r\n");
        assertThat(lines).hasSize(1 + 1234);
        assertThat(new LinkedHashSet<>(List.of(lines))).hasSize(1 + 1234);
    }

    @Test
    void aDriverStopsTheirLiveSession() {
        var driver = portal.driver();
        long id = charging.live(driver);
        var script = portal.withToken(driver);
        var answer = script.call("POST", "/api/v1/sessions/" + id + "/stop", "");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("outcome").asString()).isEqualTo("accepted");
        assertThat(json(answer).path("message").asString()).isNotBlank();
        charging.until(id, session -> !session.isLive() && session.isFinal());
        assertThat(script.call("POST", "/api/v1/sessions/" + id + "/stop", "").statusCode())
                .isEqualTo(409);
    }

    private static String essence(HttpResponse<String> response) {
        var headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return response.statusCode() + " " + headers + " " + response.body();
    }

    private static List<Long> ids(Browser browser, String query) {
        var answer = browser.get("/api/v1/sessions" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asLong())
                .toList();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
