package express.polaris.stations.chargers;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.stations.cards.CardsFixture;
import express.polaris.stations.chargers.CommandOutcome.Kind;
import express.polaris.stations.chargers.RemoteStartRepository.Slot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Starts that end on another node. */
class StartEndsTest {

    private final CardsFixture fixture = new CardsFixture();
    private final RemoteStartRepository otherNode = new RemoteStartRepository(fixture.jdbc);
    private final Slot slot = new Slot(
            fixture.anna,
            new ChargeBoxId("CP30"),
            Optional.of(1),
            fixture.card("04AB12CD34EF", fixture.anna).id());

    @Test
    void whoeverWaitsIsWokenByAnOutcomeAndByARelease() throws Exception {
        var board = fixture.board();
        var ends = new StartEnds(board);
        board.start();
        try (var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            await().until(() -> ends.soFar() == 1);
            for (int end = 1; end <= 2; end++) {
                var claim = otherNode
                        .claim(slot, NOON.plusSeconds(end), NOON.plusSeconds(end))
                        .orElseThrow();
                long before = ends.soFar();
                var woken = waiting.submit(() -> {
                    ends.await(before, Duration.ofHours(1));
                    return true;
                });
                if (end == 1) {
                    otherNode.finish(claim, new CommandOutcome(Kind.ACCEPTED, "The charger accepted"));
                } else {
                    otherNode.release(claim);
                }
                assertThat(woken.get()).isTrue();
            }
        } finally {
            board.stop();
        }
    }
}
