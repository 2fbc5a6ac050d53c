package express.polaris.billing.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import express.polaris.billing.tariffs.StoredSeries.Poll;
import express.polaris.billing.tariffs.StoredSeries.PollFailure;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class PriceSeriesPollingTest {

    private static final String HOUR =
            "{\"from\":\"2026-12-01T00:00:00Z\",\"to\":\"2026-12-01T01:00:00Z\",\"price\":83.21}";

    private final PriceSeriesPolling polling;
    private final PriceSeriesService series;
    private final TariffService tariffs;
    private final MutableClock clock;
    private final String code = "p-" + UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";

    PriceSeriesPollingTest(
            PriceSeriesPolling polling, PriceSeriesService series, TariffService tariffs, MutableClock clock)
            throws IOException {
        this.polling = polling;
        this.series = series;
        this.tariffs = tariffs;
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Optional<Poll> poll() {
        clock.advance(PriceSeriesPolling.EVERY);
        polling.poll(code, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/spot.json"));
        return series.find(code).orElseThrow().poll();
    }

    @Test
    void polledPricesAreStoredOnceInAQuarterOfAnHour() {
        body = "{\"currency\":\"CHF\",\"unit\":\"mwh\",\"prices\":[" + HOUR + "],\"source\":\"x\"}";

        assertThat(poll().orElseThrow().failure()).isEmpty();
        clock.advance(PriceSeriesPolling.EVERY.minus(Duration.ofSeconds(1)));
        polling.poll(code, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));

        assertThat(asked).hasValue(1);
        var at = Instant.parse("2026-12-01T00:30:00Z");
        assertThat(tariffs.series(code, at, at.plusSeconds(1), Optional.empty())
                        .at(at)
                        .orElseThrow()
                        .perKwh())
                .isEqualByComparingTo("0.08321"); // 83.21 ÷ 1000
        assertThat(tariffs.currencyOf(code).orElseThrow().getCurrencyCode()).isEqualTo("CHF");
    }

    @Test
    void aFailedPollChangesNoPriceAndSaysWhySinceWhen() {
        body = "[" + HOUR + "]";
        poll();

        status = 302;
        var first = poll().orElseThrow();
        assertThat(first.failure()).contains(PollFailure.REFUSED);
        status = 200;
        body = "<html>";
        assertThat(poll().orElseThrow().failure()).contains(PollFailure.UNREADABLE);
        body = "{\"data\":[]}";
        assertThat(poll().orElseThrow().failure()).contains(PollFailure.UNREADABLE);
        body = "[" + HOUR + "," + HOUR + "]";
        assertThat(poll().orElseThrow().failure()).contains(PollFailure.INVALID);
        body = "[" + " ".repeat((int) PriceFeed.LARGEST) + "]";
        var last = poll().orElseThrow();
        assertThat(last.failure()).contains(PollFailure.TOO_LARGE);
        assertThat(last.failingSince()).isEqualTo(first.failingSince());
        server.stop(0);
        assertThat(poll().orElseThrow().failure()).contains(PollFailure.UNREACHABLE);

        assertThat(series.find(code).orElseThrow().to()).contains(Instant.parse("2026-12-01T01:00:00Z"));
    }
}
