package express.polaris.api;

import static express.polaris.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.ChargeBoxBehaviour;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.SimulatedSteve;
import express.polaris.simulator.StopActor;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApplicationTest
class OperatorTransactionsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Portal portal;
    private final SimulatedSteve steve;
    private final Sessions sessions;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final Script script;
    private final String tag = UUID.randomUUID().toString();
    private final String box = "CB-" + tag;

    OperatorTransactionsTest(
            Portal portal, SimulatedSteve steve, Sessions sessions, MutableClock clock, JdbcClient jdbc) {
        this.portal = portal;
        this.steve = steve;
        this.sessions = sessions;
        this.clock = clock;
        this.jdbc = jdbc;
        this.script = new Script(portal.withToken(portal.operator()));
    }

    private Instant ago(Duration time) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(time);
    }

    /** A charge that goes on; its registers are in Wh, a quarter of an hour apart. */
    private long charging(Instant startedAt, long... registers) {
        long id = steve.world().startTransaction(box, 1, tag, startedAt, 1000);
        for (int i = 0; i < registers.length; i++) {
            steve.world().addMeterValue(id, energy(startedAt.plusSeconds(900L * (i + 1)), registers[i]));
        }
        return id;
    }

    private long ended(Instant startedAt, Instant stoppedAt, long stopValue) {
        long id = charging(startedAt);
        steve.world().stopTransaction(id, stoppedAt, stopValue, Optional.of("EVDisconnected"), StopActor.STATION);
        return id;
    }

    /** Until each is known and read. */
    private void sync(long... ids) {
        script.call(202, "POST", "/operator/sync-runs", "");
        for (long id : ids) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sessions.find(new SessionId(id))
                            .flatMap(ChargingSession::lastReadAt)
                            .isPresent());
        }
    }

    private JsonNode items(String query) {
        return script.get("/operator/transactions?" + query).path("items");
    }

    private List<Long> ids(String query) {
        var ids = new ArrayList<Long>();
        items(query).forEach(item -> ids.add(item.path("id").asLong()));
        return ids;
    }

    private long linkTo(Account driver, Instant from) {
        return script.call(
                        201,
                        "POST",
                        "/operator/cards",
                        "{\"idTag\":\"%s\",\"driverId\":%s,\"label\":\"Fob\",\"from\":\"%s\"}"
                                .formatted(tag, driver.id(), from))
                .path("id")
                .asLong();
    }

    @Test
    void anItemIsTheSessionAndWhatSteveSaysOfIt() {
        var driver = portal.driver();
        var start = ago(HOUR.multipliedBy(3));
        long id = ended(start, start.plus(HOUR), 8250);
        sync(id);
        var unowned = items("linked=false&idTag=" + tag).path(0);
        assertThat(unowned.path("driver").isNull()).isTrue();
        assertThat(unowned.path("card").isNull()).isTrue();
        long card = linkTo(driver, start);
        assertThat(items("linked=false&idTag=" + tag)).isEmpty();
        var item = items("linked=true&idTag=" + tag.toUpperCase(Locale.ROOT)).path(0);
        assertThat(item.path("id").asLong()).isEqualTo(id);
        assertThat(item.path("status").asString()).isEqualTo("completed");
        assertThat(item.path("energyKwh").stringValue()).isEqualTo("7.250000"); // (8250 - 1000) / 1000
        assertThat(item.path("startValueWh").stringValue()).isEqualTo("1000");
        assertThat(item.path("stopValueWh").stringValue()).isEqualTo("8250");
        assertThat(item.path("isFinalized").asBoolean()).isTrue();
        assertThat(item.path("goneFromSteveAt").isNull()).isTrue();
        assertThat(item.path("idTag").asString()).isEqualTo(tag);
        assertThat(item.path("driver").path("id").asLong())
                .isEqualTo(driver.id().value());
        assertThat(item.path("driver").path("name").asString()).isEqualTo(driver.name());
        assertThat(item.path("card").path("id").asLong()).isEqualTo(card);
        assertThat(item.path("charger").path("chargeBoxId").asString()).isEqualTo(box);
        assertThat(item.path("cost").path("coverage").asString()).isEqualTo("unknown");
        assertThat(item.has("session")).isFalse();
    }

    @Test
    void filtersGoTogetherAndWhatIsUnknownMatchesNothing() {
        var driver = portal.driver();
        linkTo(driver, ago(HOUR.multipliedBy(9)));
        long open = charging(ago(HOUR), 2000);
        long done = ended(ago(HOUR.multipliedBy(8)), ago(HOUR.multipliedBy(7)), 2000);
        sync(open, done);
        var mine = "driverId=" + driver.id() + "&";
        assertThat(ids(mine)).containsExactly(open, done);
        assertThat(ids(mine + "status=in_progress")).containsExactly(open);
        assertThat(ids(mine + "status=completed")).containsExactly(done);
        assertThat(ids(mine + "chargeBoxId=" + box.toLowerCase(Locale.ROOT))).containsExactly(open, done);
        assertThat(ids(mine + "idTag=" + tag + "&linked=false")).isEmpty();
        for (var unknown : List.of("driverId=999999999", "driverId=x", "chargeBoxId=nowhere", "idTag=nobodys")) {
            assertThat(ids(unknown)).as(unknown).isEmpty();
        }
    }

    @Test
    void daysAreThoseOfTheOperatorsZoneBothIncluded() {
        var zone = ZoneId.of("Europe/Berlin");
        var day = clock.instant().atZone(zone).toLocalDate().minusDays(3);
        var firstMinute = day.atStartOfDay(zone).toInstant();
        var lastMinute = day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(60);
        long before = ended(firstMinute.minusSeconds(60), firstMinute, 2000);
        long first = ended(firstMinute, firstMinute.plusSeconds(60), 2000);
        long last = ended(lastMinute, lastMinute.plusSeconds(30), 2000);
        long after = ended(lastMinute.plusSeconds(60), lastMinute.plusSeconds(90), 2000);
        sync(before, first, last, after);
        assertThat(ids("idTag=" + tag + "&from=" + day + "&to=" + day)).containsExactly(last, first);
        assertThat(ids("idTag=" + tag + "&from=" + day)).containsExactly(after, last, first);
        assertThat(ids("idTag=" + tag + "&to=" + day)).containsExactly(last, first, before);
    }

    @Test
    void everySessionIsEitherStuckOrNot() {
        long silent = charging(ago(HOUR.multipliedBy(4)), 2000); // last reading 3 h 45 min ago
        long fresh = steve.world().startTransaction(box, 2, tag, ago(Duration.ofMinutes(5)), 1000); // no reading yet
        sync(silent, fresh);
        assertThat(ids("stuck=true&idTag=" + tag)).containsExactly(silent);
        assertThat(ids("stuck=false&idTag=" + tag)).containsExactly(fresh);
    }

    @Test
    void whatIsFlaggedIsFoundByItsFlag() {
        long plain = ended(ago(HOUR.multipliedBy(3)), ago(HOUR.multipliedBy(2)), 2000);
        long flagged = ended(ago(HOUR), ago(Duration.ofMinutes(30)), 2000);
        sync(plain, flagged);
        jdbc.sql("update transaction_sync_state set flags = '{meter_reset}' where steve_transaction_id = ?")
                .param(flagged)
                .update();
        assertThat(ids("idTag=" + tag + "&flag=meter_reset")).containsExactly(flagged);
        assertThat(ids("idTag=" + tag + "&flag=flagged")).containsExactly(flagged);
        assertThat(ids("idTag=" + tag + "&flag=vanished")).isEmpty();
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEndedWhileSessionsArrive() {
        long oldest = ended(ago(HOUR.multipliedBy(5)), ago(HOUR.multipliedBy(4)), 2000);
        long middle = ended(ago(HOUR.multipliedBy(3)), ago(HOUR.multipliedBy(2)), 2000);
        sync(oldest, middle);
        var page = script.get("/operator/transactions?limit=1&idTag=" + tag);
        assertThat(page.path("items").path(0).path("id").asLong()).isEqualTo(middle);
        sync(ended(ago(HOUR), ago(Duration.ofMinutes(30)), 2000));
        var rest = script.get("/operator/transactions?limit=1&idTag=" + tag + "&cursor="
                + page.path("nextCursor").asString());
        assertThat(rest.path("items").path(0).path("id").asLong()).isEqualTo(oldest);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void faultsInTheQueryNameTheParameter() {
        for (var wrong : List.of(
                "linked=yes",
                "status=done",
                "stuck=1",
                "flag=none",
                "from=2026-02-30",
                "to=tomorrow",
                "limit=0",
                "cursor=x",
                "box=1")) {
            assertThat(Script.faults(script.refused(400, "/operator/transactions?" + wrong)))
                    .as(wrong)
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void eachRowOfSteveSaysWhatBecameOfIt() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500);
        steve.world().addMeterValue(id, energy(start.minusSeconds(60), 900));
        sync(id);
        var readings = script.get("/operator/transactions/" + id + "/readings");
        assertThat(readings.path("readAt").asString()).endsWith("Z");
        var rows = readings.path("rows");
        assertThat(rows).hasSize(3);
        assertThat(rows.path(0).path("became").isNull()).isTrue();
        assertThat(rows.path(0).path("reason").asString()).isEqualTo("before_start");
        assertThat(rows.path(1).path("value").stringValue()).isEqualTo("2000");
        assertThat(rows.path(1).path("valueTimestamp").asString())
                .isEqualTo(start.plusSeconds(900).toString());
        assertThat(rows.path(1).path("became").asInt()).isZero();
        assertThat(rows.path(1).path("reason").asString()).isEqualTo("energy");
        assertThat(rows.path(2).path("became").asInt()).isEqualTo(1);
        jdbc.sql("delete from steve_answers where steve_transaction_id = ?")
                .param(id)
                .update();
        var forgotten = script.get("/operator/transactions/" + id + "/readings");
        assertThat(forgotten.path("readAt").isNull()).isTrue();
        assertThat(forgotten.path("rows")).isEmpty();
    }

    @Test
    void readingsComeInPagesAndWhatNothingReadsIsCounted() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500, 4000);
        steve.world()
                .addMeterValue(
                        id, SimulatedMeterValue.of(start.plusSeconds(950), "230", "Sample.Periodic", "Voltage", "V"));
        sync(id);
        var path = "/operator/transactions/" + id + "/readings?limit=2";
        var first = script.get(path);
        assertThat(first.propertyNames()).containsExactly("readAt", "rows", "dropped", "nextCursor");
        assertThat(values(first)).containsExactly("2000", "3500");
        assertThat(first.path("dropped").toString()).isEqualTo("{\"Voltage\":1}");
        var second = script.get(path + "&cursor=" + first.path("nextCursor").asString());
        assertThat(values(second)).containsExactly("4000");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        for (var wrong : List.of("limit=0", "limit=201", "cursor=!", "cursor=-1", "cursor=zzzzzzz", "page=2")) {
            assertThat(Script.faults(script.refused(400, "/operator/transactions/" + id + "/readings?" + wrong)))
                    .as(wrong)
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    private static List<String> values(JsonNode readings) {
        return readings.path("rows").values().stream()
                .map(row -> row.path("value").stringValue())
                .toList();
    }

    @Test
    void rowsAreToldAtTheEventsThatAnInvoiceLeavesThem() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500);
        sync(id);
        jdbc.sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        steve.world().addMeterValue(id, energy(start.plusSeconds(1200), 2500));
        steve.world().addMeterValue(id, energy(start.plusSeconds(2700), 4000));
        await().until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return sessions.eventCount(new SessionId(id)) == 3;
        });
        var rows = script.get("/operator/transactions/" + id + "/readings").path("rows");
        assertThat(rows.values())
                .extracting(row -> row.path("value").stringValue() + " "
                        + row.path("became").asString("-") + " "
                        + row.path("reason").asString())
                .containsExactly("2000 0 energy", "2500 - invoiced", "3500 1 energy", "4000 2 energy");
    }

    @Test
    void aWronglyAttachedSessionMovesToItsDriver() {
        var wrong = portal.driver();
        var right = portal.driver();
        linkTo(wrong, ago(HOUR.multipliedBy(5)));
        long id = ended(ago(HOUR.multipliedBy(3)), ago(HOUR), 2000);
        sync(id);
        var moved = script.call(
                200,
                "POST",
                "/operator/transactions/" + id + "/owner",
                "{\"driverId\":%s,\"reason\":\"Borrowed card\"}".formatted(right.id()));
        assertThat(moved.path("driver").path("id").asLong())
                .isEqualTo(right.id().value());
        assertThat(moved.path("card").isNull()).isTrue();
        assertThat(portal.withToken(right).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(200);
        assertThat(portal.withToken(wrong).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(404);
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.owner");
        assertThat(script.lastEntry().path("details").path("from").asLong())
                .isEqualTo(wrong.id().value());
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("Borrowed card");
    }

    @Test
    void anInvoicedSessionStaysWhereItIs() {
        var owner = portal.driver();
        linkTo(owner, ago(HOUR.multipliedBy(5)));
        long id = ended(ago(HOUR.multipliedBy(3)), ago(HOUR), 2000);
        sync(id);
        jdbc.sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        long entry = script.lastEntry().path("id").asLong();
        script.call(
                409,
                "POST",
                "/operator/transactions/" + id + "/owner",
                "{\"driverId\":%s,\"reason\":\"Mistake\"}"
                        .formatted(portal.driver().id()));
        assertThat(sessions.find(new SessionId(id), owner.id())).isPresent();
        assertThat(script.lastEntry().path("id").asLong()).isEqualTo(entry);
    }

    @Test
    void allFaultsOfACorrectionAreToldAtOnce() {
        long id = charging(ago(HOUR));
        sync(id);
        var path = "/operator/transactions/" + id + "/owner";
        assertThat(Script.faults(script.call(422, "POST", path, "{}"))).containsExactly("driverId", "reason");
        assertThat(Script.faults(script.call(422, "POST", path, "{\"driverId\":999999999,\"reason\":\" \"}")))
                .containsExactly("driverId", "reason");
    }

    private JsonNode forceClose(int status, long id, String body) {
        return script.call(status, "POST", "/operator/transactions/" + id + "/force-close", body);
    }

    @Test
    void whatSteveHasUnderAReusedIdIsNotClosedInItsPlace() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        steve.world().deleteTag(tag);
        steve.world().startTransactionAs(id, "OTHER-" + box, 1, "OTHER-" + tag, ago(HOUR), 9000);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return sessions.hasReusedId(new SessionId(id));
        });
        assertThat(forceClose(409, id, "{\"reason\":\"Customer called\"}")
                        .path("detail")
                        .asString())
                .isEqualTo("SteVe has another charge under the number " + id
                        + " by now; closing it would close that one. Nothing was sent.");
        var page = portal.signedIn(portal.operator()).get("/operator/transactions/" + id + "/force-close");
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/operator/transactions/" + id + "?done=id-reused"));
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
        steve.world().deleteTag("OTHER-" + tag);
    }

    @Test
    void theChargerIsAskedToStopFirst() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        var answer = forceClose(202, id, "{\"reason\":\"Customer called\"}");
        assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
        assertThat(answer.path("message").asString())
                .isEqualTo("The charger has stopped. The session ends with 2.500 kWh."); // 3500 - 1000
        var item = items("idTag=" + tag).path(0);
        assertThat(item.path("status").asString()).isEqualTo("completed");
        assertThat(item.path("stopReason").asString()).isEqualTo("Remote");
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.force-close");
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("Customer called");
        forceClose(409, id, "{\"reason\":\"Again\"}");
    }

    @Test
    void steveClosesWhatTheChargerDoesNotStop() {
        for (var behaviour :
                List.of(ChargeBoxBehaviour.OFFLINE, ChargeBoxBehaviour.REJECTS, ChargeBoxBehaviour.SILENT)) {
            long id = charging(ago(HOUR), 3500);
            steve.world().chargeBox(box).behaviour(behaviour);
            sync(id);
            var answer = forceClose(202, id, "{\"reason\":\"Stuck\"}");
            assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
            assertThat(answer.path("message").asString())
                    .endsWith("; SteVe has closed the transaction. The session ends with 2.500 kWh.");
            assertThat(items("idTag=" + tag).path(0).path("status").asString()).isEqualTo("completed");
        }
    }

    @Test
    void aSessionWithoutEnergyIsClosedOnlyWhenThatIsConfirmed() {
        long id = charging(ago(HOUR));
        sync(id);
        long entry = script.lastEntry().path("id").asLong();
        assertThat(forceClose(409, id, "{\"reason\":\"Stuck\"}").path("detail").asString())
                .contains("0 kWh", "confirmZero");
        assertThat(script.lastEntry().path("id").asLong()).isEqualTo(entry);
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
        forceClose(202, id, "{\"reason\":\"Stuck\",\"confirmZero\":true}");
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isFalse();
    }

    @Test
    void aForceCloseNeedsAReasonAndAnAnsweringSteve() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        assertThat(Script.faults(forceClose(422, id, "{}"))).containsExactly("reason");
        steve.databaseDown(true);
        try {
            forceClose(503, id, "{\"reason\":\"Stuck\"}");
        } finally {
            steve.databaseDown(false);
        }
        assertThat(script.lastEntry().path("details").path("result").asString()).isEqualTo("SteVe gave no answer");
        assertThat(sessions.find(new SessionId(id)).orElseThrow().isLive()).isTrue();
    }
}
