package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.EventReader;
import express.polaris.testing.Portal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** A node with room for four streams, whose readers may stall for a second. */
@ApplicationTest
@TestPropertySource(properties = {"live.streams=4", "live.patience=PT1S", "live.heartbeat=PT0.5S", "live.look=PT1H"})
class LiveLimitsTest {

    /** Of a session event; a few of them fill the network's buffers of a reader who takes nothing. */
    private static final int LARGE = 900_000;

    private final Portal portal;
    private final Charging charging;
    private final LiveFeed feed;
    private final LiveCounts counts;
    private final JdbcClient jdbc;

    LiveLimitsTest(Portal portal, Charging charging, LiveFeed feed, LiveCounts counts, JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.feed = feed;
        this.counts = counts;
        this.jdbc = jdbc;
    }

    @Test
    void aStreamBeyondTheNodesNumberIsRefusedUntilAnotherEnds() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        long refused = counts.refused();
        await().until(() -> feed.openStreams() == 0);
        var open = new ArrayList<EventReader>();
        for (int i = 0; i < 4; i++) {
            open.add(browser.stream("/api/v1/stream", Map.of()));
        }
        var answer = browser.get("/api/v1/stream");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(counts.refused()).isEqualTo(refused + 1);
        open.getFirst().close();
        await().until(() -> feed.openStreams() == 3);
        try (var again = browser.stream("/api/v1/stream", Map.of())) {
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.header("Retry-After")).isEmpty();
        }
        open.forEach(EventReader::close);
        await().until(() -> feed.openStreams() == 0);
    }

    @Test
    void aReaderWhoTakesNothingIsCutOffAndDelaysNoOther() throws IOException {
        var driver = portal.driver();
        long id = charging.live(driver);
        await().until(() -> feed.openStreams() == 0);
        long cutOff = counts.cutOff();
        var path = "/api/v1/sessions/" + id + "/stream";
        try (var deaf = new Socket();
                var reader = portal.withToken(driver).stream(path, Map.of())) {
            reader.awaitEvent("session", any -> true);
            deaf.setReceiveBufferSize(1024);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.port()));
            deaf.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + portal.token(driver) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> feed.openStreams() == 2);
            for (int change = 1; counts.cutOff() == cutOff; change++) {
                var flag = change + "x".repeat(LARGE);
                jdbc.sql("""
                    update transaction_sync_state
                       set flags = array[?], revision = revision + 1 where steve_transaction_id = ?
                    """).param(flag).param(id).update();
                reader.awaitEvent(
                        "session",
                        session -> session.path("flags").path(0).asString("").equals(flag));
            }
            await().until(() -> feed.openStreams() == 1);
            assertThat(counts.cutOff()).isEqualTo(cutOff + 1);
        }
    }

    /** No notice tells that a sign-in has expired. */
    @Test
    void aStreamEndsAtTheHeartbeatAfterItsSignInExpired() {
        var driver = portal.driver();
        try (var stream = portal.signedIn(driver).stream("/api/v1/stream", Map.of())) {
            await().until(() -> stream.comments() > 0);
            jdbc.sql("update spring_session set expiry_time = 0 where principal_name = ?")
                    .param(driver.id().toString())
                    .update();
            stream.awaitEnd();
        }
    }
}
