package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.Portal;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;

class ShutdownTest {

    /** Less than the 10 s that the web server waits for unfinished requests. */
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    @Test
    void openStreamsEndAndDoNotDelayTheShutdown() {
        var running = new RunningPortal();
        var portal = new Portal(
                running.bean(JdbcClient.class), running.bean(SessionRepository.class), running.bean(Environment.class));
        try (var stream = portal.withToken(portal.driver()).stream("/api/v1/stream", Map.of());
                var page = portal.signedIn(portal.driver()).stream("/api/v1/stream", Map.of())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(page.status()).isEqualTo(200);
            var closing = Thread.ofVirtual().start(running::close);
            await().atMost(PROMPTLY).until(() -> stream.isOver() && page.isOver());
            await().atMost(PROMPTLY).until(() -> !closing.isAlive());
        }
    }
}
