package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.EventReader;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Streams over HTTP, from SteVe's next reading to the event in the browser. */
@ApplicationTest
class LiveStreamsTest {

    private final Portal portal;
    private final Charging charging;
    private final AccountService accounts;
    private final SessionWatchers watchers;
    private final MutableClock clock;
    private final JdbcClient jdbc;

    LiveStreamsTest(
            Portal portal,
            Charging charging,
            AccountService accounts,
            SessionWatchers watchers,
            MutableClock clock,
            JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.accounts = accounts;
        this.watchers = watchers;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    private EventReader open(Account driver, long id) {
        return portal.withToken(driver).stream(path(id), Map.of("Accept-Encoding", "gzip"));
    }

    private static String path(long id) {
        return "/api/v1/sessions/" + id + "/stream";
    }

    @Test
    void aStreamBeginsWithTheCurrentStateOfTheSession() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var stream = open(driver, id)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).contains("no-store");
            assertThat(stream.header("X-Accel-Buffering")).contains("no");
            assertThat(stream.header("Content-Encoding")).isEmpty();
            var first = stream.awaitEvent("session", any -> true);
            assertThat(stream.events().getFirst()).isEqualTo(first);
            var session = portal.withToken(driver).get("/api/v1/sessions/" + id).body();
            assertThat(first.data().toString().replaceAll("\"(durationSeconds|averageKw)\":[^,]+,", ""))
                    .isEqualTo(session.replaceAll("\"(durationSeconds|averageKw)\":[^,]+,", ""));
            assertThat(first.id()).isEqualTo(first.data().path("revision").asString());
            assertThat(watchers.watched()).contains(new SessionId(id));
        }
        await().until(() -> !watchers.watched().contains(new SessionId(id)));
    }

    @Test
    void aStreamSendsNewReadingsAndTheEndAndThenCloses() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var stream = open(driver, id)) {
            stream.awaitEvent("session", any -> true);
            charging.reading(id, charging.now().minusSeconds(10), 6000);
            // 4 + (6000 - 5000) / 1000
            charging.until(id, session -> session.energy().wattHours().intValueExact() == 5000);
            var meter = stream.awaitEvent("meter", any -> true);
            assertThat(meter.data().propertyNames())
                    .containsExactly("id", "item", "energyKwh", "powerKw", "soc", "cost", "lastReadingAt");
            assertThat(meter.data().path("energyKwh").asString()).isEqualTo("5.000000");
            assertThat(meter.data().path("item").path("kwhDelta").asString()).isEqualTo("1.000000");
            assertThat(meter.data().path("item").path("totalKwh").asString()).isEqualTo("5.000000");
            assertThat(meter.data().path("powerKw").asString()).isEqualTo("12.000");
            charging.end(id, charging.now(), 6500);
            charging.until(id, session -> !session.isLive() && session.isFinal());
            stream.awaitEnd();
            var last = stream.events().getLast();
            assertThat(last.name()).isEqualTo("session");
            assertThat(last.data().path("status").asString()).isEqualTo("completed");
            assertThat(last.data().path("energyKwh").asString()).isEqualTo("5.500000");
            assertThat(stream.events().reversed().stream().skip(1))
                    .as("no earlier event stands for the end")
                    .noneMatch(event -> event.id().equals(last.id()));
            try (var again = portal.withToken(driver).stream(path(id), Map.of("Last-Event-ID", last.id()))) {
                assertThat(again.status()).isEqualTo(204);
            }
        }
    }

    @Test
    void aCompletedSessionIsSentOnceToAReaderThatLacksIt() {
        var driver = portal.driver();
        long id = charging.completed(driver, charging.now().minus(Duration.ofHours(2)));
        for (var lastEventId : new String[] {"1", "nonsense"}) {
            try (var stream = portal.withToken(driver).stream(path(id), Map.of("Last-Event-ID", lastEventId))) {
                stream.awaitEnd();
                assertThat(stream.events()).hasSize(1);
                assertThat(stream.events().getFirst().data().path("status").asString())
                        .isEqualTo("completed");
            }
        }
    }

    @Test
    void silenceIsSentAlthoughNothingChanged() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var stream = open(driver, id)) {
            stream.awaitEvent(
                    "session", session -> session.path("note").asString().equals("charging"));
            clock.advance(Duration.ofHours(1));
            stream.awaitEvent(
                    "session", session -> session.path("note").asString().equals("silent"));
        }
    }

    @Test
    void changedEarlierEventsAreSentAsATimelineEvent() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var stream = open(driver, id)) {
            stream.awaitEvent("session", any -> true);
            charging.reading(id, charging.now().minus(Duration.ofMinutes(15)), 4000);
            charging.until(
                    id,
                    session -> stream.events().stream()
                            .anyMatch(event -> event.name().equals("timeline")));
            assertThat(stream.awaitEvent("timeline", any -> true).data().toString())
                    .isEqualTo("{\"id\":" + id + "}");
        }
    }

    @Test
    void changesWrittenByAnotherNodeAreSent() {
        var driver = portal.driver();
        long id = charging.live(driver);
        try (var stream = open(driver, id);
                var all = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            stream.awaitEvent("session", any -> true);
            all.awaitEvent("session", any -> true);
            jdbc.sql("""
                update transaction_sync_state
                   set flags = '{clock}', revision = revision + 1 where steve_transaction_id = ?
                """).param(id).update();
            stream.awaitEvent(
                    "session", session -> session.path("flags").toString().equals("[\"clock\"]"));
            all.awaitEvent(
                    "session", session -> session.path("flags").toString().equals("[\"clock\"]"));
        }
    }

    @Test
    void theStreamOfAllSessionsSendsNewSessions() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        long first = charging.live(charging.chargeBox(), card);
        try (var stream = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            stream.awaitEvent("session", session -> session.path("id").asLong() == first);
            long second = charging.live(charging.chargeBox(), card);
            stream.awaitEvent("session", session -> session.path("id").asLong() == second);
            charging.end(second, charging.now(), 6000);
            charging.until(second, session -> !session.isLive() && session.isFinal());
            var end = stream.awaitEvent(
                    "session",
                    session -> session.path("id").asLong() == second
                            && session.path("status").asString().equals("completed"));
            assertThat(stream.isOver()).isFalse();
            var before = stream.events().getFirst().id();
            try (var again = portal.signedIn(driver).stream("/api/v1/stream", Map.of("Last-Event-ID", before))) {
                again.awaitEvent("session", session -> session.path("id").asLong() == first);
                again.awaitEvent("session", session -> session.path("id").asLong() == second);
            }
            assertThat(end.data().path("energyKwh").asString()).isEqualTo("5.000000");
        }
    }

    @Test
    void theStreamOfAllSessionsSendsTheLatestSessionWhenNoneIsLive() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        charging.completed(charging.chargeBox(), card, charging.now().minus(Duration.ofDays(3)));
        long latest =
                charging.completed(charging.chargeBox(), card, charging.now().minus(Duration.ofDays(2)));
        clock.advance(Duration.ofMinutes(5));
        try (var stream = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            var first = stream.awaitEvent("session", any -> true);
            assertThat(first.data().path("id").asLong()).isEqualTo(latest);
        }
    }

    @Test
    void heartbeatsKeepAStreamOpen() {
        var driver = portal.driver();
        try (var stream = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            await().until(() -> stream.comments() >= 2);
            assertThat(stream.isOver()).isFalse();
        }
    }

    @Test
    void signingOutEndsOnlyTheStreamsOfThatSignIn() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        try (var stream = browser.stream("/api/v1/stream", Map.of());
                var other = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            await().until(() -> stream.comments() > 0 && other.comments() > 0);
            browser.post("/sign-out", Map.of());
            stream.awaitEnd();
            int comments = other.comments();
            await().until(() -> other.comments() > comments + 1);
            assertThat(other.isOver()).isFalse();
        }
    }

    @Test
    void disablingAnAccountEndsAllItsStreams() {
        var driver = portal.driver();
        try (var stream = portal.signedIn(driver).stream("/api/v1/stream", Map.of());
                var script = portal.withToken(driver).stream("/api/v1/stream", Map.of())) {
            await().until(() -> stream.comments() > 0 && script.comments() > 0);
            accounts.change(Optional.empty(), driver.id(), AccountChange.none().withDisabled(true));
            stream.awaitEnd();
            script.awaitEnd();
        }
    }

    @Test
    void aStreamOfATokenRevokedOnAnotherNodeEndsAtTheNextHeartbeat() {
        var driver = portal.driver();
        try (var stream = portal.withToken(driver).stream("/api/v1/stream", Map.of())) {
            await().until(() -> stream.comments() > 0);
            jdbc.sql("delete from api_tokens where account_id = ?")
                    .param(driver.id().value())
                    .update();
            stream.awaitEnd();
        }
    }

    @Test
    void aStreamBeyondTheAccountsNumberIsRefusedUntilOneIsClosed() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        var open = new java.util.ArrayList<EventReader>();
        for (int i = 0; i < LiveLimits.defaults().streamsPerAccount(); i++) {
            open.add(browser.stream("/api/v1/stream", Map.of()));
        }
        var refused = browser.get("/api/v1/stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(open).noneMatch(EventReader::isOver);
        open.removeFirst().close();
        await().ignoreExceptions().untilAsserted(() -> {
            try (var next = browser.stream("/api/v1/stream", Map.of())) {
                assertThat(next.isOver()).isFalse();
            }
        });
        open.forEach(EventReader::close);
    }
}
