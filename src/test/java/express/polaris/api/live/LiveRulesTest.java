package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.EventReader;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Who gets what, in which order. Heartbeats and looks are an hour apart: notices alone tell the streams. */
@ApplicationTest
@TestPropertySource(properties = {"live.heartbeat=PT1H", "live.look=PT1H"})
class LiveRulesTest {

    private final Portal portal;
    private final Charging charging;
    private final SessionWatchers watchers;
    private final LiveFeed feed;
    private final JdbcClient jdbc;

    LiveRulesTest(Portal portal, Charging charging, SessionWatchers watchers, LiveFeed feed, JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.watchers = watchers;
        this.feed = feed;
        this.jdbc = jdbc;
    }

    private EventReader all(Account driver) {
        return portal.withToken(driver).stream("/api/v1/stream", Map.of());
    }

    private EventReader ofOne(Account driver, long id) {
        return portal.withToken(driver).stream("/api/v1/sessions/" + id + "/stream", Map.of());
    }

    private static EventReader.Event session(EventReader stream, long id) {
        return stream.awaitEvent("session", session -> session.path("id").asLong() == id);
    }

    private void move(long id, Account to) {
        jdbc.sql("""
            update transaction_sync_state set driver_id = ?, revision = revision + 1 where steve_transaction_id = ?
            """).params(to.id().value(), id).update();
    }

    /** Fails if the old driver's page shows a session for ever that it could not open. */
    @Test
    void aSessionThatIsMovedLeavesTheStreamsOfItsDriver() {
        var ada = portal.driver();
        var ben = portal.driver();
        long id = charging.live(ada);
        try (var adas = all(ada);
                var bens = all(ben);
                var ofOne = ofOne(ada, id)) {
            session(adas, id);
            session(ofOne, id);
            move(id, ben);
            session(bens, id);
            adas.awaitEvent("timeline", timeline -> timeline.path("id").asLong() == id);
            ofOne.awaitEnd();
            assertThat(portal.withToken(ada).get("/api/v1/sessions/" + id).statusCode())
                    .isEqualTo(404);
            int before = adas.events().size();
            charging.reading(id, charging.now(), 6000);
            charging.until(id, session -> session.energy().wattHours().intValueExact() == 5000);
            bens.awaitEvent("meter", any -> true);
            assertThat(adas.events()).hasSize(before);
        }
    }

    @Test
    void aSessionThatIsMovedToAndFroIsIntroducedAgain() {
        var ada = portal.driver();
        var ben = portal.driver();
        long id = charging.live(ada);
        try (var adas = all(ada)) {
            session(adas, id);
            move(id, ben);
            adas.awaitEvent("timeline", any -> true);
            move(id, ada);
            await().until(() -> adas.events().getLast().name().equals("session"));
        }
    }

    /** Fails if a page that came after the session's end gets a late reading of a session that it does not know. */
    @Test
    void aStreamGetsNoReadingsOfASessionBeforeItsState() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        long over = charging.live(charging.chargeBox(), card);
        long live = charging.live(charging.chargeBox(), card);
        try (var early = all(driver)) {
            session(early, over);
            charging.end(over, charging.now(), 6000);
            charging.until(over, session -> !session.isLive() && session.isFinal());
            early.awaitEvent(
                    "session", session -> session.path("status").asString().equals("completed"));
            try (var late = all(driver)) {
                session(late, live);
                charging.reading(over, charging.now().minusSeconds(60), 5500);
                jdbc.sql("""
                    insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                           meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
                    select steve_transaction_id, position + 1, measured_at, measured_at, meter_to_wh, meter_to_wh + 100,
                           0.1, '{}', true, synced_at
                      from synced_transaction_events where steve_transaction_id = ? order by position desc limit 1
                    """).param(over).update();
                jdbc.sql("""
                    update transaction_sync_state set energy_wh = energy_wh + 100, revision = revision + 1
                     where steve_transaction_id = ?
                    """).param(over).update();
                early.awaitEvent(
                        "meter",
                        meter -> meter.path("id").asLong() == over
                                && meter.path("item")
                                        .path("kwhDelta")
                                        .asString()
                                        .equals("0.100000"));
                session(late, over);
                assertThat(introducedFirst(late)).isTrue();
                assertThat(introducedFirst(early)).isTrue();
            }
        }
    }

    private static boolean introducedFirst(EventReader stream) {
        var introduced = new HashSet<Long>();
        return List.copyOf(stream.events()).stream().allMatch(event -> {
            long id = event.data().path("id").asLong();
            return event.name().equals("session") ? introduced.add(id) || true : introduced.contains(id);
        });
    }

    /** Fails if a reader who comes before the notice is heard takes the news from those who are there. */
    @Test
    void aSessionThatANewReaderFindsFirstReachesTheOthersToo() {
        var driver = portal.driver();
        var stored = new StoredSessions(jdbc);
        var start = charging.now().minus(Duration.ofMinutes(30));
        long first = stored.open("TAG", Optional.of(driver.id().value()), start);
        long second = stored.open("TAG", Optional.empty(), start);
        try (var early = all(driver)) {
            session(early, first);
            // The row without its triggers, as long as the notice is on its way.
            jdbc.sql("""
                begin; set local session_replication_role = replica;
                update transaction_sync_state set driver_id = %d where steve_transaction_id = %d; commit
                """.formatted(driver.id().value(), second)).update();
            try (var late = all(driver)) {
                session(late, second);
                jdbc.sql("""
                    with raised as (update driver_versions set version = version + 1 where driver_id = ? returning 1)
                    select pg_notify('driver_changed', ?) from raised
                    """)
                        .params(driver.id().value(), driver.id() + " " + second)
                        .query(rows -> {});
                session(early, second);
            }
        }
    }

    /** Fails if 20 operators, or one with 20 tabs, can close what the driver looks at. */
    @Test
    void anOperatorWhoViewsAPortalClosesNoneOfTheDriversStreams() {
        var driver = portal.driver();
        long id = charging.live(driver);
        var operator = portal.signedIn(portal.operator());
        assertThat(operator.post("/operator/drivers/" + driver.id() + "/view-as", Map.of())
                        .statusCode())
                .isEqualTo(303);
        try (var drivers = all(driver);
                var first = operator.stream("/api/v1/stream", Map.of())) {
            session(drivers, id);
            session(first, id);
            var more = new ArrayList<EventReader>();
            for (int i = 1; i < LiveLimits.defaults().streamsPerAccount(); i++) {
                more.add(operator.stream("/api/v1/stream", Map.of()));
            }
            assertThat(operator.get("/api/v1/stream").statusCode()).isEqualTo(503);
            try (var another = all(driver)) {
                session(another, id);
            }
            assertThat(drivers.isOver()).isFalse();
            assertThat(more).noneMatch(EventReader::isOver);
            more.forEach(EventReader::close);
        }
    }

    /** Fails if one reader after the other loses what is written between its first event and the next. */
    @Test
    void nothingIsLostOrSentTwiceWhileReadersComeAndASessionGoesOn() throws Exception {
        var driver = portal.driver();
        // Not in SteVe, so sync does not correct it.
        var stored = new StoredSessions(jdbc);
        var start = charging.now().minus(Duration.ofMinutes(30));
        long id = stored.open("TAG", Optional.of(driver.id().value()), start);
        stored.event(id, 0, start, start.plusSeconds(60), "4", "{}", false);
        int changes = 150;
        var writer = Thread.ofVirtual().start(() -> {
            for (int change = 1; change <= changes; change++) {
                jdbc.sql("""
                    with event as (
                        insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                               meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
                        select steve_transaction_id, position + 1, measured_at, measured_at + interval '1 second',
                               meter_to_wh, meter_to_wh + 1, 0.001, '{}', false, synced_at
                          from synced_transaction_events where steve_transaction_id = :id
                         order by position desc limit 1)
                    update transaction_sync_state set energy_wh = energy_wh + 1, revision = revision + 1
                     where steve_transaction_id = :id
                    """).param("id", id).update();
            }
        });
        var readers = new ArrayList<EventReader>();
        while (writer.isAlive() && readers.size() < 15) {
            readers.add(readers.size() % 2 == 0 ? all(driver) : ofOne(driver, id));
        }
        writer.join();
        for (var reader : readers) {
            // 4 + 150 × 0.001
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !reader.events().isEmpty()
                            && reader.events()
                                    .getLast()
                                    .data()
                                    .path("energyKwh")
                                    .asString()
                                    .equals("4.150000"));
            var positions = reader.events().stream()
                    .filter(event -> event.name().equals("meter"))
                    .map(event -> event.data().path("item").path("position").asInt())
                    .toList();
            assertThat(reader.events().getFirst().name()).isEqualTo("session");
            for (int i = 1; i < positions.size(); i++) {
                assertThat(positions.get(i)).isEqualTo(positions.get(i - 1) + 1);
            }
            reader.close();
        }
    }

    @Test
    void whenTheLastReaderHasGoneNothingIsKeptOrWatched() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var all = all(driver);
                var ofOne = ofOne(driver, id)) {
            session(all, id);
            session(ofOne, id);
            assertThat(watchers.watched()).contains(new SessionId(id));
        }
        await().until(() -> !watchers.watched().contains(new SessionId(id)));
        await().until(() -> feed.readDrivers().stream().noneMatch(driver.id()::equals));
    }
}
