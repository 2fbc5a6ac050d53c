package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import express.polaris.sessions.SessionId;
import express.polaris.sync.LargeAnswers.NoRoom;
import express.polaris.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeAnswersTest {

    private static final int ROWS = 100_000;

    private final MutableClock clock = new MutableClock();
    private final LargeAnswers memory = new LargeAnswers(clock.uptime(), ROWS);

    @Test
    void smallAnswersNeverWait() {
        try (var all = memory.share(id(1))) {
            all.growTo(10 * ROWS);
            for (int i = 2; i < 1_000; i++) {
                memory.share(id(i)).growTo(LargeAnswers.SMALL_ROWS);
            }
        }
    }

    @Test
    void largeAnswersAreProcessedTogetherAsLongAsTheyFit() {
        var one = memory.share(id(1));
        one.growTo(60_000);
        try (var two = memory.share(id(2))) {
            two.growTo(40_000); // 60 + 40 = 100
            assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> two.growTo(41_000));
        }
        one.close();
        memory.share(id(2)).growTo(41_000);
    }

    @Test
    void anAnswerLargerThanTheLimitIsProcessedAlone() {
        try (var huge = memory.share(id(1))) {
            huge.growTo(5 * ROWS);
            huge.growTo(9 * ROWS);
            assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> grown(2, 6_000));
        }
        grown(2, 6_000);
    }

    @Test
    void theFirstRefusedAnswerIsNextAndIsNotOvertaken() {
        var running = grown(1, 60_000);
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> grown(2, ROWS));
        assertThatExceptionOfType(NoRoom.class)
                .as("there is room, but another was first")
                .isThrownBy(() -> grown(3, 10_000));
        running.close();
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> grown(3, 10_000));
        var huge = grown(2, ROWS);
        huge.close();
        grown(3, 10_000);
    }

    @Test
    void anAnswerThatDoesNotReturnLosesItsTurn() {
        grown(1, 60_000);
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> grown(2, ROWS));
        clock.advance(Duration.ofMinutes(1));
        grown(3, 10_000);
    }

    @Test
    void anAnswerKnownToBeLargeIsNotRequestedWithoutRoom() {
        var running = grown(1, 60_000);
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> grown(2, 50_000));
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> memory.share(id(2)));
        running.close();
        memory.share(id(2)).close();
        memory.forgetAllBut(List.of());
        var other = grown(1, ROWS);
        assertThat(memory.share(id(2))).as("its size is forgotten").isNotNull();
        other.close();
    }

    @Test
    void aWaitingAnswerGetsItsShareOrNoRoom() {
        var running = grown(1, ROWS);
        assertThatExceptionOfType(NoRoom.class).isThrownBy(() -> memory.await(id(2), 50_000, Duration.ofMillis(10)));
        running.close();
        memory.await(id(2), 50_000, Duration.ofSeconds(10)).close();
    }

    private LargeAnswers.Share grown(long id, int rows) {
        var share = memory.share(id(id));
        share.growTo(rows);
        return share;
    }

    private static SessionId id(long id) {
        return new SessionId(id);
    }
}
