package express.polaris.stations.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Best-effort confirmation: an answer that SteVe does not give in time is left out without delaying the page. */
class LiveLocationTest {

    private static final Duration HANGS = Duration.ofSeconds(12);

    /** Far more than a 300 ms budget takes on a busy machine, and far less than SteVe takes. */
    private static final Duration AT_ONCE = Duration.ofSeconds(6);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-06-15T12:00:00Z"));
    private final SimulatedSteve steve = new SimulatedSteve(new SteveWorld(clock)).start();
    private final LiveLocation identity = new LiveLocation(
            new SteveClient(SteveSettings.of(steve.baseUrl(), steve.username(), steve.password())),
            clock,
            clock.uptime());
    private final long live = steve.world().startTransaction("CP1", 1, "TAG1", clock.instant(), 0);

    @AfterEach
    void close() {
        identity.close();
        steve.close();
    }

    @Test
    void aReadWithinTheLastMinuteReplacesTheCall() {
        steve.databaseDown(true);
        assertThat(identity.isConfirmed(live, Optional.of(clock.instant().minusSeconds(59))))
                .isTrue();
        assertThat(calls()).isZero();
        assertThat(identity.isConfirmed(live, Optional.of(clock.instant().minusSeconds(61))))
                .isFalse();
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void concurrentViewersShareOneCall() throws Exception {
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            readers.invokeAll(
                    Collections.<Callable<Boolean>>nCopies(20, () -> identity.isConfirmed(live, Optional.empty())));
        }
        await().until(() -> identity.isConfirmed(live, Optional.empty()));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aHangingSteveCostsTheTimeBudgetOnlyOnce() {
        steve.answersTake(HANGS);
        long began = System.nanoTime();
        assertThat(identity.isConfirmed(live, Optional.empty())).isFalse();
        assertThat(since(began)).isBetween(Duration.ofMillis(290), AT_ONCE);
        clock.advance(Duration.ofMillis(300));
        began = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(identity.isConfirmed(live, Optional.empty())).isFalse();
        }
        // A hundred budgets of 300 ms would take 30 s.
        assertThat(since(began)).isLessThan(AT_ONCE);
        await().until(() -> calls() == 1);
    }

    @Test
    void aFailureIsRememberedForHalfAMinute() {
        steve.databaseDown(true);
        assertThat(identity.isConfirmed(live, Optional.empty())).isFalse();
        await().until(() -> calls() == 1);
        steve.databaseDown(false);
        clock.advance(Duration.ofSeconds(29));
        assertThat(identity.isConfirmed(live, Optional.empty())).isFalse();
        assertThat(calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        await().until(() -> identity.isConfirmed(live, Optional.empty()));
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void anUnknownTransactionIsNotConfirmed() {
        assertThat(identity.isConfirmed(live + 1, Optional.empty())).isFalse();
    }

    private long calls() {
        return steve.callCount(CallKind.TRANSACTION_DETAILS);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
