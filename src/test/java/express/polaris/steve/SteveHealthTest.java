package express.polaris.steve;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.steve.SteveUnavailable.Reason;
import express.polaris.testing.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Health of SteVe, derived from the calls that are made anyway. */
class SteveHealthTest {

    private final MutableClock clock = new MutableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SteveHealth health = new SteveHealth(registry, clock);
    private final SteveHealthIndicator indicator = new SteveHealthIndicator(health);

    private static SteveCall details() {
        return SteveCall.get("/transactions/1", "", "JSON", Duration.ofSeconds(1), 1000);
    }

    private static Optional<SteveUnavailable> failed(SteveSymptom symptom) {
        return Optional.of(new SteveUnavailable(symptom, "evidence"));
    }

    private double calls(String kind, String outcome) {
        return Optional.ofNullable(registry.find("polaris.steve.calls")
                        .tags("kind", kind, "outcome", outcome)
                        .timer())
                .map(timer -> (double) timer.count())
                .orElse(0.0);
    }

    @Test
    void steveIsUpUntilACallFailsAndAgainAfterAnAnswer() {
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
        health.called(details(), Duration.ofMillis(100), Optional.empty());
        assertThat(health.state().isAnswering()).isTrue();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        health.called(details(), Duration.ofMillis(3000), failed(SteveSymptom.ANSWER_TIMEOUT));
        assertThat(health.state().isAnswering()).isFalse();
        assertThat(indicator.health().getStatus().getCode()).isEqualTo("AWAY");
        assertThat(indicator.health().getDetails()).containsEntry("reason", "timeout");
        health.called(details(), Duration.ofMillis(200), Optional.empty());
        assertThat(health.state().isAnswering()).isTrue();
        // (4 × 100 + 200) / 5
        assertThat(health.state().latency()).contains(Duration.ofMillis(120));
        assertThat(calls("details", "answered")).isEqualTo(2);
        assertThat(calls("details", "timeout")).isEqualTo(1);
    }

    @Test
    void failingDetailsAreReportedSeparatelyWhileListsSucceed() {
        var list = SteveCall.get("/transactions", "type=ACTIVE", "JSON", Duration.ofSeconds(1), 1000);
        health.called(list, Duration.ofMillis(100), Optional.empty());
        health.called(details(), Duration.ofMillis(100), failed(SteveSymptom.SERVER_ERROR));
        assertThat(health.state().isAnswering()).isTrue();
        assertThat(indicator.health().getDetails()).containsEntry("detailsReason", "server_error");
        assertThat(routeUp("details")).isZero();
        assertThat(routeUp("lists")).isEqualTo(1);
        health.called(list, Duration.ofMillis(100), failed(SteveSymptom.SERVER_ERROR));
        assertThat(health.state().isAnswering()).isFalse();
        health.called(details(), Duration.ofMillis(100), Optional.empty());
        assertThat(health.state().isAnswering()).as("its lists fail still").isFalse();
        assertThat(health.state().details()).isEmpty();
        health.called(list, Duration.ofMillis(100), Optional.empty());
        assertThat(health.state().isAnswering()).isTrue();
    }

    private double routeUp(String route) {
        return Objects.requireNonNull(registry.find("polaris.steve.route.up")
                        .tag("route", route)
                        .gauge())
                .value();
    }

    /** An unreadable answer is not an outage. */
    @Test
    void anUnreadableAnswerStillCountsAsAnswering() {
        health.called(details(), Duration.ofMillis(100), failed(SteveSymptom.TOO_LARGE));
        assertThat(health.state().isAnswering()).isTrue();
        assertThat(calls("details", "too_large")).isEqualTo(1);
    }

    @Test
    void aSteveThatAcceptsTheConnectionButStaysSilentTimesOut() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/steve");
            var client = new SteveClient(SteveSettings.of(url, "api", "secret"), health);
            long start = System.nanoTime();
            var glance = new SteveProbe(client).glance(Duration.ofMillis(300));
            assertThat(glance)
                    .isEqualTo(new SteveProbe.Glance.Fails(
                            SteveSymptom.ANSWER_TIMEOUT, "GET /api/v1/transactions was not answered within 300 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(health.state().failure().map(SteveHealth.Failure::reason))
                    .contains(Reason.TIMEOUT);
            assertThat(calls("transactions", "timeout")).isEqualTo(1);
        }
    }
}
