package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.EventReader;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Events that reach a reader directly: heartbeats and checks for other nodes' changes are an hour apart. */
@ApplicationTest
@TestPropertySource(properties = {"live.heartbeat=PT1H", "live.look=PT1H", "server.tomcat.connection-timeout=2s"})
class LiveReadersTest {

    /** Fills the network buffers of a reader after a few events. */
    private static final int LARGE = 50_000;

    /** Few enough events that an active reader never falls behind. */
    private static final int AT_A_TIME = 64;

    private final Portal portal;
    private final Charging charging;
    private final LiveFeed feed;
    private final PlanService plans;
    private final SubscriptionService subscriptions;
    private final JdbcClient jdbc;

    LiveReadersTest(
            Portal portal,
            Charging charging,
            LiveFeed feed,
            PlanService plans,
            SubscriptionService subscriptions,
            JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.feed = feed;
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.jdbc = jdbc;
    }

    private EventReader open(Account driver, long id) {
        return portal.withToken(driver).stream("/api/v1/sessions/" + id + "/stream", Map.of());
    }

    /** 0.30 per kWh for the first 10 kWh of a month, 0.20 above. */
    private void subscribe(Account driver) {
        var plan = TestPlan.graduated("tiers", TestPlan.range(0, 10, "0.30"), TestPlan.rangeFrom(10, "0.20"))
                .every("yearly");
        plans.save(plan.json());
        var from = charging.now().minus(Duration.ofDays(1)).toString();
        subscriptions.subscribe(new NewSubscription(driver.id(), "tiers", from, "anniversary", "Europe/Berlin"));
    }

    @Test
    void anotherSessionOfTheDriverUpdatesThePriceOfTheStreamedOne() {
        var driver = portal.driver();
        subscribe(driver);
        var card = charging.card(driver, "Blue fob");
        long id = charging.live(charging.chargeBox(), card);
        try (var stream = open(driver, id)) {
            var before = stream.awaitEvent("session", any -> true);
            // 4 × 0.30
            assertThat(before.data().path("cost").path("amount").asString()).isEqualTo("1.20");
            var start = charging.now().minus(Duration.ofHours(5));
            long earlier = charging.begin(charging.chargeBox(), card, start);
            charging.reading(earlier, start.plus(Duration.ofMinutes(60)), 9000);
            charging.until(earlier, session -> session.energy().wattHours().intValueExact() == 8000);
            // 2 × 0.30 + 2 × 0.20, after 8 kWh
            stream.awaitEvent(
                    "session",
                    session -> session.path("cost").path("amount").asString().equals("1.00"));
            assertThat(stream.events())
                    .allSatisfy(event ->
                            assertThat(event.data().path("id").asLong()).isEqualTo(id));
        }
    }

    @Test
    void aStalledReaderDelaysNoOtherAndIsDropped() throws IOException {
        var driver = portal.driver();
        long id = charging.live(driver);
        int openBefore = feed.openStreams();
        try (var deaf = new Socket();
                var reader = open(driver, id)) {
            reader.awaitEvent("session", any -> true);
            connectAndReadNothing(deaf, "/api/v1/sessions/" + id + "/stream", portal.token(driver));
            await().until(() -> feed.openStreams() == openBefore + 2);
            int changes = LiveLimits.defaults().queue() * 2;
            for (int change = 1; change <= changes; change++) {
                var flag = change + "x".repeat(LARGE);
                jdbc.sql("""
                    update transaction_sync_state
                       set flags = array[?], revision = revision + 1 where steve_transaction_id = ?
                    """).param(flag).param(id).update();
                if (change % AT_A_TIME == 0) {
                    reader.awaitEvent(
                            "session",
                            session ->
                                    session.path("flags").path(0).asString("").equals(flag));
                }
            }
            assertThat(reader.isOver()).isFalse();
            await().atMost(Duration.ofSeconds(20)).until(() -> feed.openStreams() == openBefore + 1);
        }
    }

    private void connectAndReadNothing(Socket socket, String path, String token) throws IOException {
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.port()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
