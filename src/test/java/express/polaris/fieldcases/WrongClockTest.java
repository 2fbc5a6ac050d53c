package express.polaris.fieldcases;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions of a station with a wrong clock, on a card that was transferred from Ada to Ben an hour ago. */
@ApplicationTest
class WrongClockTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Instant NEVER_SET = Instant.parse("1970-01-01T00:00:20Z");

    private final Portal portal;
    private final SimulatedSteve steve;
    private final SyncEngine engine;
    private final SessionService sessions;
    private final SessionWatchers watchers;
    private final MutableClock clock;

    @Autowired
    private CardLinkService links;

    private Account ada;
    private Account ben;
    private String tag;
    private Instant now;

    WrongClockTest(
            Portal portal,
            SimulatedSteve steve,
            SyncEngine engine,
            SessionService sessions,
            SessionWatchers watchers,
            MutableClock clock) {
        this.portal = portal;
        this.steve = steve;
        this.engine = engine;
        this.sessions = sessions;
        this.watchers = watchers;
        this.clock = clock;
        now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ada = portal.driver();
        ben = portal.driver();
        tag = "CLOCK-" + ada.id().value();
    }

    @BeforeEach
    void theCardGoesFromAdaToBen() {
        portal.continueIds(steve);
        var linked = links.link(
                IdTag.parse(tag).orElseThrow(),
                ada.id(),
                Optional.of("Blue fob"),
                Optional.of(now.minus(Duration.ofDays(60))));
        var card = linked.card();
        links.transfer(card.id(), ben.id(), Optional.of(now.minus(AN_HOUR)));
    }

    @Test
    void aSessionIn1970BelongsToTheOwnerWhenItIsFirstSeen() {
        long id = steve.world().startTransaction("CLOCK", 1, tag, NEVER_SET, 1_000);
        steve.world().addMeterValue(id, energy(NEVER_SET.plusSeconds(60), 1_100));
        read(id);
        var session = session(ben, id);
        // Its only reading comes 60 s after its start. The list that shows it first may have been asked for a little
        // earlier.
        assertThat(Instant.parse(session.path("startedAt").asString()))
                .isBetween(now.minusSeconds(60 + 30), clock.instant());
        assertThat(portal.withToken(ada).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(404);
        assertThat(portal.signedIn(ben).get("/sessions/" + id).body()).doesNotContain("1970");
        steve.world().addMeterValue(id, energy(NEVER_SET.plusSeconds(600), 1_200));
        steve.world().stopTransaction(id, NEVER_SET.plusSeconds(660), 1_200, Optional.of("Local"), StopActor.STATION);
        clock.advance(Duration.ofSeconds(11 * 60));
        read(id);
        var row = csvRow(ben, id);
        assertThat(row)
                .as("started_at, ended_at, duration_seconds, …")
                .doesNotContain("1970")
                .doesNotContain(",-");
        assertThat(csvRow(ada, id)).isEmpty();
    }

    @Test
    void aSessionDeliveredLateBelongsToTheOwnerAtItsStart() {
        var start = now.minus(Duration.ofDays(8));
        long id = steve.world().startTransaction("CLOCK", 1, tag, start, 1_000);
        for (int i = 1; i <= 4; i++) {
            steve.world().addMeterValue(id, energy(start.plusSeconds(900L * i), 1_000 + 500L * i));
        }
        steve.world().stopTransaction(id, start.plusSeconds(3_660), 3_000, Optional.of("Local"), StopActor.STATION);
        read(id);
        var session = session(ada, id);
        assertThat(session.path("startedAt").asString()).isEqualTo(start.toString());
        assertThat(session.path("durationSeconds").asLong()).isEqualTo(3_660);
        assertThat(session.path("energyKwh").asString()).isEqualTo("2.000000"); // (3000 − 1000) Wh
        assertThat(portal.withToken(ben).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStationHoursAheadIsHeldBackAndNoValueIsNegative() {
        var start = now.plus(Duration.ofHours(3));
        long id = steve.world().startTransaction("CLOCK", 1, tag, start, 1_000);
        steve.world()
                .addMeterValues(
                        id, List.of(energy(start.plusSeconds(30), 1_050), SimulatedMeterValue.power(start, 7_000)));
        read(id);
        var session = session(ben, id);
        assertThat(session.path("note").asString()).isEqualTo("station_clock");
        assertThat(session.path("durationSeconds").asLong()).isNotNegative();
        assertThat(Instant.parse(session.path("startedAt").asString())).isBeforeOrEqualTo(clock.instant());
        assertThat(csvRow(ben, id)).doesNotContain(",-");
        assertThat(portal.signedIn(ben).get("/sessions/" + id).body()).contains("Waiting for the station’s clock");
    }

    private void read(long id) {
        var since = clock.instant();
        engine.runNow();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    watchers.watch(new SessionId(id)).close();
                    clock.advance(Duration.ofMillis(500));
                    return sessions.find(new SessionId(id))
                            .flatMap(session -> session.lastReadAt())
                            .filter(since::isBefore)
                            .isPresent();
                });
    }

    private JsonNode session(Account account, long id) {
        var answer = portal.withToken(account).get("/api/v1/sessions/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** The row of the session; empty if it is not in the account's CSV. */
    private String csvRow(Account account, long id) {
        return portal.withToken(account)
                .get("/api/v1/sessions.csv")
                .body()
                .lines()
                .filter(line -> line.startsWith(id + ","))
                .findFirst()
                .orElse("");
    }
}
