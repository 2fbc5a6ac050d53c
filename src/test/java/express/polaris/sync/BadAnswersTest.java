package express.polaris.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import express.polaris.sessions.SessionStatus;
import express.polaris.steve.SteveLimits;
import express.polaris.steve.SteveUnavailable;
import express.polaris.units.Energy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A SteVe that is down, slow or wrong: each error is recorded with its transaction, and the healthy transaction is
 * imported.
 */
class BadAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String HEALTHY = transaction("2", "CP2", "TAG2", "2026-11-22T11:00:00Z", "1000", "3000");

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final SyncHarness harness;

    BadAnswersTest() {
        server.start();
        harness = new SyncHarness(
                URI.create(server.baseUrl() + "/steve"),
                "api",
                "secret",
                new SteveLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, PATIENCE, 1 << 20, 1 << 20));
        details(2, HEALTHY, "");
    }

    @AfterEach
    void close() {
        harness.close();
        server.stop();
    }

    /** A transaction as in SteVe's list; stopped at noon. */
    private static String transaction(
            String id, String chargeBox, String idTag, String start, String startValue, String stopValue) {
        return """
            {"id":%s,"chargeBoxId":"%s","connectorId":1,"ocppIdTag":"%s","startTimestamp":"%s","startValue":"%s",
             "stopTimestamp":"2026-11-22T11:30:00Z","stopValue":"%s","stopReason":"Local","stopEventActor":"station"}\
            """.formatted(id, chargeBox, idTag, start, startValue, stopValue);
    }

    private static String reading(String at, String value) {
        return """
            {"valueTimestamp":"%s","value":"%s","readingContext":"Sample.Periodic","format":"Raw",
             "measurand":"Energy.Active.Import.Register","location":"Outlet","unit":"Wh","phase":null}\
            """.formatted(at, value);
    }

    private void list(String... transactions) {
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions"))
                .willReturn(okJson(Arrays.stream(transactions).collect(Collectors.joining(",", "[", "]")))));
    }

    private void details(long id, String transaction, String values) {
        details(id, okJson("{\"transaction\":" + transaction + ",\"values\":[" + values + "]}"));
    }

    private void details(long id, ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/" + id)).willReturn(answer));
    }

    private void assertHealthy() {
        var session = harness.session(2);
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        // 3000 - 1000
        assertThat(session.energy()).isEqualTo(Energy.ofWattHours(2000));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("302", aResponse().withStatus(302).withHeader("Location", "/steve/manager/signin")),
                Arguments.of("401", aResponse().withStatus(401)),
                Arguments.of("500", aResponse().withStatus(500)),
                Arguments.of(
                        "a page",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>")),
                Arguments.of("half a JSON", okJson("{\"transaction\":{\"id\":1,")),
                Arguments.of("another shape", okJson("[]")),
                Arguments.of("nothing in time", okJson("{}").withFixedDelay(60_000)),
                Arguments.of("another transaction", okJson("{\"transaction\":" + HEALTHY + ",\"values\":[]}")),
                Arguments.of("404 of a proxy", aResponse().withStatus(404).withBody("nothing here")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void detailsThatCannotBeUsedAreToldAndConcernOneSessionAlone(String name, ResponseDefinitionBuilder answer) {
        var broken = transaction("1", "CP1", "TAG1", "2026-11-22T11:00:00Z", "0", "500");
        list(HEALTHY, broken);
        details(1, answer);
        harness.sync();
        assertHealthy();
        assertThat(harness.session(1).status()).isEqualTo(SessionStatus.IN_PROGRESS);
        assertThat(harness.errorsOf(1)).singleElement().asString().contains("; expected ");
        details(1, broken, "");
        harness.clock.advance(Duration.ofSeconds(10));
        harness.readDue();
        assertThat(harness.session(1).energy()).isEqualTo(Energy.ofWattHours(500));
    }

    /** Fails if each round of discovery immediately repeats a read that has just failed. */
    @Test
    void anUnlistedUnreadableLiveSessionIsReadEverMoreRarely() {
        var open = """
            {"id":1,"chargeBoxId":"CP1","connectorId":1,"ocppIdTag":"TAG1","startTimestamp":"2026-11-22T11:00:00Z",
             "startValue":"0"}\
            """;
        list(HEALTHY, open);
        details(1, open, "");
        harness.sync();
        assertThat(harness.session(1).isLive()).isTrue();
        list(HEALTHY);
        // Not an outage of SteVe, after which nothing would be sent for a real second, which is minutes of this test's
        // clock.
        details(1, okJson("[]"));
        server.resetRequests();
        harness.syncFor(Duration.ofMinutes(5), Duration.ofSeconds(5));
        // retries after 2, 4, 8, 16, 32, 64 and 128 s, each up to half longer; every 5 s there would be 60
        assertThat(server.findAll(getRequestedFor(urlPathEqualTo("/steve/api/v1/transactions/1"))))
                .hasSizeBetween(4, 9);
        details(1, open, reading("2026-11-22T12:05:00Z", "700"));
        // If the last call was just made, the next follows after 256 s, up to half longer.
        harness.syncFor(Duration.ofMinutes(7), Duration.ofSeconds(5));
        assertThat(harness.session(1).energy()).isEqualTo(Energy.ofWattHours(700));
    }

    static Stream<Arguments> listFaults() {
        return faults().filter(fault -> !"another shape".equals(Objects.requireNonNull(fault.get())[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listFaults")
    void aListThatCannotBeUsedChangesNothing(String name, ResponseDefinitionBuilder answer) {
        list(HEALTHY);
        harness.sync();
        var before = harness.bean(SyncCursorRepository.class).read();
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions")).willReturn(answer));
        harness.clock.advance(Duration.ofHours(2));
        assertThatExceptionOfType(SteveUnavailable.class).isThrownBy(() -> harness.discover(true));
        assertThat(harness.bean(SyncCursorRepository.class).read()).isEqualTo(before);
        assertHealthy();
    }

    static Stream<Arguments> lies() {
        var eleven = "2026-11-22T11:00:00Z";
        return Stream.of(
                Arguments.of("1", transaction("1", "CP1\\u0000", "TAG1", eleven, "0", "500"), "charge box id"),
                Arguments.of("1", transaction("1", "C".repeat(256), "TAG1", eleven, "0", "500"), "256"),
                Arguments.of("1", transaction("1", "CP1", "T".repeat(300), eleven, "0", "500"), "300"),
                Arguments.of("1", transaction("1", "CP1", "", eleven, "0", "500"), "ocppIdTag is empty"),
                Arguments.of("0", transaction("0", "CP1", "TAG1", eleven, "0", "500"), "it must be from 1"),
                Arguments.of("-7", transaction("-7", "CP1", "TAG1", eleven, "0", "500"), "it must be from 1"),
                Arguments.of(
                        "9007199254740993",
                        transaction("9007199254740993", "CP1", "TAG1", eleven, "0", "500"),
                        "it must be from 1"),
                Arguments.of("1", transaction("1", "CP1", "TAG1", eleven, "1E99999999", "500"), "start value"),
                Arguments.of("1", transaction("1", "CP1", "TAG1", "+99999-01-01T00:00:00Z", "0", "500"), "start"),
                Arguments.of("1", transaction("1", "CP1", "TAG1", "yesterday", "0", "500"), "startTimestamp"));
    }

    @ParameterizedTest(name = "id {0}: {2}")
    @MethodSource("lies")
    void aRowThatCannotBeBelievedIsLeftOutWithItsReason(String id, String row, String reason) {
        list(HEALTHY, row);
        harness.sync();
        assertHealthy();
        assertThat(harness.errors())
                .filteredOn(error ->
                        error.transactionId().isEmpty() || error.transactionId().get() == Long.parseLong(id))
                .anyMatch(error -> error.reason().contains(reason));
        assertThat(harness.bean(SyncCursorRepository.class).read().highestProbedId())
                .as("the mark stays where ids can be")
                .isLessThanOrEqualTo(2);
        var next = transaction("3", "CP2", "TAG2", "2026-11-22T11:40:00Z", "3000", "4000");
        list(HEALTHY, row, next);
        details(3, next, "");
        harness.sync();
        assertThat(harness.session(3).energy()).isEqualTo(Energy.ofWattHours(1000));
    }

    static Stream<Arguments> oddStops() {
        return Stream.of(
                Arguments.of("below the start", "400", false),
                Arguments.of("negative", "-5", false),
                Arguments.of("huge exponent", "1E99999999", false),
                Arguments.of("no number", "abc", false),
                Arguments.of("empty", "", false),
                Arguments.of("decimals", "1500.5", true),
                Arguments.of("exponent", "1.5E3", true));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("oddStops")
    void aStopValueThatCannotBeUsedLeavesTheSessionWaiting(String name, String value, boolean usable) {
        var odd = transaction("1", "CP1", "TAG1", "2026-11-22T11:00:00Z", "1000", value);
        list(HEALTHY, odd);
        details(1, odd, reading("2026-11-22T11:10:00Z", "1200"));
        harness.sync();
        assertHealthy();
        assertThat(harness.session(1).isLive()).isFalse();
        assertThat(harness.session(1).isFinal()).isEqualTo(usable);
        assertThat(harness.errorsOf(1).isEmpty()).isEqualTo(usable);
    }

    @Test
    void aStopBeforeTheStartEndsTheSessionAtItsStart() {
        var row = transaction("1", "CP1", "TAG1", "2026-11-22T11:45:00Z", "1000", "1800");
        list(HEALTHY, row);
        details(1, row, reading("2026-11-22T11:50:00Z", "1200"));
        harness.sync();
        assertHealthy();
        // 1800 - 1000
        assertThat(harness.session(1).energy()).isEqualTo(Energy.ofWattHours(800));
        assertThat(harness.session(1).duration(NOON)).isZero();
    }

    @Test
    void absurdReadingsMakeNoEventAndBlockNothing() {
        var row = transaction("1", "CP1", "TAG1", "2026-11-22T11:00:00Z", "1000", "1800");
        var values = Stream.of("1E99999999", "-1E99999999", "", "NaN", "OCMF|{}", "9".repeat(40))
                .map(value -> reading("2026-11-22T11:05:00Z", value))
                .collect(Collectors.joining(","));
        list(HEALTHY, row);
        details(1, row, values + "," + reading("+999999999-01-01T00:00:00Z", "5000") + "," + "{\"value\":7}");
        harness.sync();
        assertHealthy();
        assertThat(harness.timeline(1)).hasSize(1);
        assertThat(harness.errorsOf(1)).anyMatch(reason -> reason.contains("Unreadable meter values: 1,"));
    }

    @Test
    void instantsFinerThanTheDatabaseStoresAreNoConflict() {
        var row = transaction("1", "CP1", "TAG1", "2026-11-22T11:00:00.123456789Z", "1000", "1800");
        list(HEALTHY, row);
        details(1, row, reading("2026-11-22T11:10:00.987654321Z", "1200"));
        harness.sync();
        var revision = harness.session(1).revision();
        harness.clock.advance(Duration.ofMinutes(2));
        harness.sync(true);
        assertThat(harness.errorsOf(1)).isEmpty();
        assertThat(harness.session(1).revision()).isEqualTo(revision);
    }

    @Test
    void anErrorIsRecordedAlthoughItsChangeIsRolledBackAndTheRunContinues() {
        harness.jdbc().sql("""
            create function refuse() returns trigger language plpgsql as
            $$ begin raise exception 'disk full' using errcode = '53100'; end $$
            """).update();
        harness.jdbc()
                .sql("create trigger refuse before insert on steve_answers for each row when (new.steve_transaction_id"
                        + " = 1) execute function refuse()")
                .update();
        var broken = transaction("1", "CP1", "TAG1", "2026-11-22T11:00:00Z", "1000", "500");
        list(broken, HEALTHY);
        details(1, broken, "");
        harness.sync();
        assertHealthy();
        assertThat(harness.errorsOf(1)).anyMatch(reason -> reason.contains("disk full"));
        harness.jdbc().sql("drop trigger refuse on steve_answers").update();
        harness.clock.advance(Duration.ofSeconds(10));
        harness.sync();
        assertThat(harness.errorsOf(1)).anyMatch(reason -> reason.contains("below the start value"));
    }

    @Test
    void aDatabaseOutageDuringAListDoesNotAdvanceTheCursor() {
        harness.jdbc().sql("""
            create function away() returns trigger language plpgsql as
            $$ begin raise exception 'going down' using errcode = '57P01'; end $$
            """).update();
        harness.jdbc()
                .sql("create trigger away before insert on transaction_sync_state for each row execute function away()")
                .update();
        list(HEALTHY);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> harness.discover(false));
        assertThat(harness.bean(SyncCursorRepository.class).read().firstImportDone())
                .isFalse();
        harness.jdbc().sql("drop trigger away on transaction_sync_state").update();
        harness.sync();
        assertHealthy();
    }

    @Test
    void noTransactionIsBlamedWhileSteveIsNotCalled() {
        var rows = new String[30];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = transaction(String.valueOf(i + 1), "CP1", "TAG1", "2026-11-22T11:00:00Z", "0", "500");
        }
        list(rows);
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions"))
                .atPriority(1)
                .willReturn(okJson("[" + String.join(",", rows) + "]")));
        server.stubFor(any(anyUrl()).atPriority(2).willReturn(aResponse().withStatus(500)));
        harness.sync();
        var blamed = harness.errors().stream()
                .filter(error -> error.transactionId().isPresent())
                .count();
        assertThat(blamed).as("asked before the circuit opened").isLessThan(25);
        assertThat(harness.errors()).anyMatch(error -> error.transactionId().isEmpty());
    }
}
