package express.polaris.stations.chargers;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.stations.cards.CardsFixture;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.CommandOutcome.Kind;
import express.polaris.steve.SteveOperations;
import express.polaris.testing.StandInSteve;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteCommandsTest {

    private static final ChargeBoxId CP30 = new ChargeBoxId("CP30");
    private static final Optional<Integer> FIRST = Optional.of(1);

    private final CardsFixture fixture = new CardsFixture();
    private final StandInSteve steve = new StandInSteve();
    private final ChargerService chargers =
            new ChargerService(new ChargerRepository(fixture.jdbc), fixture.transactions, fixture.clock);
    private final RemoteStartService starts = node();
    private final RemoteStopService stops = new RemoteStopService(new SteveOperations(steve.client()));
    private final EvCard card = fixture.card("04AB12CD34EF", fixture.anna);
    private boolean chargeIsOver;

    @BeforeEach
    void oneChargerIsKnown() {
        chargers.seen(CP30, 1, NOON);
        steve.stationsAnswer("Accepted");
    }

    @AfterEach
    void stop() {
        steve.close();
    }

    @Test
    void aStartUsesTheChargeBoxsOwnSpellingAndTheWholeIdTag() {
        var result = starts.start(fixture.anna, new ChargeBoxId("cp30"), FIRST, card.id());

        assertThat(kind(result)).isEqualTo(Kind.ACCEPTED);
        assertThat(steve.operations())
                .hasSize(1)
                .first()
                .hasToString("{\"chargeBoxIdList\":[\"CP30\"],\"connectorId\":1,\"idTag\":\"04AB12CD34EF\"}");
    }

    @Test
    void theOutcomeIsTheChargersAnswerOrTheReasonForItsAbsence() {
        steve.stationsAnswer("Rejected");
        assertThat(start(1)).isEqualTo(new CommandOutcome(Kind.REJECTED, "The charger answered: Rejected"));
        steve.stationsDoNotAnswer();
        assertThat(kind(start(2))).isEqualTo(Kind.TIMEOUT);
        steve.refusesOperations("No stations are eligible for communication.");
        assertThat(kind(start(3))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aStartRepeatedWithinAMinuteReturnsTheFirstOutcomeUnsent() {
        var first = start(1);
        steve.stationsAnswer("Rejected");
        fixture.clock.advance(Duration.ofSeconds(59));

        assertThat(start(1)).isEqualTo(first);
        assertThat(steve.operations()).hasSize(1);

        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(kind(start(1))).isEqualTo(Kind.REJECTED);
        assertThat(steve.operations()).hasSize(2);
    }

    /** Fails if a driver who stops and starts again is shown "accepted" although nothing is sent. */
    @Test
    void aStartAfterTheEndOfTheSessionIsSent() {
        start(1);
        chargeIsOver = true;
        steve.stationsAnswer("Rejected");

        assertThat(kind(start(1))).isEqualTo(Kind.REJECTED);
        assertThat(steve.operations()).hasSize(2);
        // That start was refused and began no session, so its repetition returns the same refusal.
        assertThat(kind(start(1))).isEqualTo(Kind.REJECTED);
        assertThat(steve.operations()).hasSize(2);
    }

    @Test
    void anotherCardAtTheSameConnectorStartsSeparately() {
        steve.stationsAnswer("Rejected");
        start(1);
        steve.stationsAnswer("Accepted");
        var other = fixture.card("OTHERTAG1", fixture.anna);

        assertThat(kind(starts.start(fixture.anna, CP30, FIRST, other.id()))).isEqualTo(Kind.ACCEPTED);
        assertThat(kind(start(1))).isEqualTo(Kind.REJECTED); // the first card's first outcome, not sent again
        assertThat(steve.operations()).hasSize(2);
    }

    @Test
    void anotherConnectorAnotherDriverAndNoConnectorStartSeparately() {
        var bens = fixture.card("BENSTAG01", fixture.ben);
        start(1);
        start(2);
        starts.start(fixture.ben, CP30, FIRST, bens.id());
        starts.start(fixture.anna, CP30, Optional.empty(), card.id());
        starts.start(fixture.anna, CP30, Optional.empty(), card.id()); // repeated

        assertThat(steve.operations()).hasSize(4);
    }

    /** Fails if repeated clicks or two nodes start a charger twice. */
    @Test
    void concurrentStartsReachTheChargerOnceAndShareTheOutcome() throws Exception {
        var gate = new CountDownLatch(1);
        steve.holdOperations(gate);
        steve.stationsAnswer("Rejected");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<CommandOutcome>>();
            for (int i = 0; i < 6; i++) {
                var node = node();
                results.add(threads.submit(() -> node.start(fixture.anna, CP30, FIRST, card.id())));
            }
            await().until(() -> steve.operations().size() == 1);
            gate.countDown();
            for (var result : results) {
                assertThat(kind(result.get())).isEqualTo(Kind.REJECTED);
            }
        }
        assertThat(steve.operations()).hasSize(1);
    }

    @Test
    void aStartThatFailedBecauseSteveWasDownIsNotRemembered() {
        steve.down(true);
        assertThatThrownBy(() -> start(1)).isInstanceOf(Unavailable.class);

        steve.down(false);
        assertThat(kind(start(1))).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void anotherDriversCardAnEndedCardAndAnUnknownChargerAreNotFound() {
        assertThatThrownBy(() -> starts.start(fixture.ben, CP30, FIRST, card.id()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> starts.start(fixture.anna, CP30, FIRST, new EvCardId(4711)))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> starts.start(fixture.anna, new ChargeBoxId("CP31"), FIRST, card.id()))
                .isInstanceOf(NotFound.class);
        fixture.links.unlink(card.id(), Optional.empty());
        assertThatThrownBy(() -> start(1)).isInstanceOf(NotFound.class);
        assertThat(steve.operations()).isEmpty();
    }

    @Test
    void aLostCardIsNotEligibleAndSteveIsNotCalled() {
        fixture.lostCards(steve.client()).report(fixture.anna, card.id());

        assertThatThrownBy(() -> start(1)).isInstanceOf(InvalidInput.class);
        assertThat(steve.operations()).isEmpty();
    }

    @Test
    void aTagThatSteveRefusesIsNotEligibleAndTheNextCardIsTried() {
        steve.refusesOperations("Requested OCPP Tag is not eligible for this operation.");
        assertThatThrownBy(() -> start(1)).isInstanceOf(InvalidInput.class);

        steve.stationsAnswer("Accepted");
        var other = fixture.card("OTHERTAG1", fixture.anna);
        assertThat(kind(starts.start(fixture.anna, CP30, FIRST, other.id()))).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void connectorNumbersStartAtOne() {
        assertThatThrownBy(() -> start(0))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .containsExactly(new Fault("connectorId", ChargerReason.CONNECTOR.with(0))));
    }

    @Test
    void aStopReturnsAnOutcomeNotActiveOrSteveDown() {
        assertThat(stops.stop(CP30, 20).kind()).isEqualTo(Kind.ACCEPTED);
        steve.stationsAnswer("Rejected");
        assertThat(stops.stop(CP30, 20)).isEqualTo(new CommandOutcome(Kind.REJECTED, "The charger answered: Rejected"));
        steve.refusesOperations("This transaction is not active at this station.");
        assertThatThrownBy(() -> stops.stop(CP30, 20)).isInstanceOf(Conflict.class);
        steve.down(true);
        assertThatThrownBy(() -> stops.stop(CP30, 20)).isInstanceOf(Unavailable.class);
    }

    private CommandOutcome start(int connector) {
        return starts.start(fixture.anna, CP30, Optional.of(connector), card.id());
    }

    private RemoteStartService node() {
        return new RemoteStartService(
                fixture.cards,
                chargers,
                new RemoteStartRepository(fixture.jdbc),
                new StartEnds(fixture.board()),
                (driver, card, box, connector, since) -> chargeIsOver,
                new SteveOperations(steve.client()),
                fixture.events::add,
                fixture.clock);
    }

    private static Kind kind(CommandOutcome outcome) {
        return outcome.kind();
    }
}
