package express.polaris.stations.chargers;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.CardsFixture;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.chargers.StartRequest.Answer;
import express.polaris.steve.SteveOperations;
import express.polaris.testing.StandInSteve;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartRequestServiceTest {

    private static final ChargeBoxId CP30 = new ChargeBoxId("CP30");
    private static final Optional<Integer> FIRST = Optional.of(1);

    private final CardsFixture fixture = new CardsFixture();
    private final StandInSteve steve = new StandInSteve();
    private final ChargerService chargers =
            new ChargerService(new ChargerRepository(fixture.jdbc), fixture.transactions, fixture.clock);
    private final List<StartRequestService> nodes = new ArrayList<>();
    private final StartRequestService requests = node();
    private final EvCard card = fixture.card("04AB12CD34EF", fixture.anna);
    private boolean chargeIsOver;
    private final UUID form = UUID.randomUUID();

    @BeforeEach
    void oneChargerIsKnown() {
        chargers.seen(CP30, 1, NOON);
        steve.stationsAnswer("Accepted");
    }

    @AfterEach
    void stop() {
        nodes.forEach(StartRequestService::close);
        steve.close();
    }

    @Test
    void theFormIsAnsweredBeforeTheChargerAnswers() {
        var gate = new CountDownLatch(1);
        steve.holdOperations(gate);

        send(requests);
        assertThat(answer()).isEmpty();
        gate.countDown();

        await().until(() -> answer().equals(Optional.of(Answer.ACCEPTED)));
        assertThat(fixture.events).containsExactly(new RemoteStartAccepted(CP30));
    }

    /** Fails if repeated clicks or two nodes start a charger twice. */
    @Test
    void aFormSentRepeatedlyToAnyNodeStartsOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < 6; i++) {
                var node = node();
                results.add(threads.submit(() -> send(node)));
            }
            for (var result : results) {
                result.get();
            }
        }
        await().until(() -> answer().isPresent());
        fixture.clock.advance(Duration.ofMinutes(10)); // the connector's own minute has long passed

        send(node());
        assertThat(steve.operations()).hasSize(1);
        assertThat(answer()).contains(Answer.ACCEPTED);
    }

    @Test
    void theAnswerIsTheChargersAnswerOrTheReasonForItsAbsence() {
        steve.stationsAnswer("Rejected");
        assertThat(answerAt(1)).isEqualTo(Answer.REJECTED);
        steve.stationsDoNotAnswer();
        assertThat(answerAt(2)).isEqualTo(Answer.TIMEOUT);
        steve.refusesOperations("No stations are eligible for communication.");
        assertThat(answerAt(3)).isEqualTo(Answer.UNREACHABLE);
        steve.refusesOperations("Requested OCPP Tag is not eligible for this operation.");
        assertThat(answerAt(4)).isEqualTo(Answer.CARD_REFUSED);
        steve.down(true);
        assertThat(answerAt(5)).isEqualTo(Answer.STEVE_DOWN);
    }

    /** Fails if "Try again" shows the old refusal for a minute without asking the charger. */
    @Test
    void aNewFormAfterARefusalGoesToTheCharger() {
        steve.stationsAnswer("Rejected");
        assertThat(answerAt(1)).isEqualTo(Answer.REJECTED);
        steve.refusesOperations("No stations are eligible for communication.");
        assertThat(answerAt(1)).isEqualTo(Answer.UNREACHABLE);
        steve.stationsDoNotAnswer();
        assertThat(answerAt(1)).isEqualTo(Answer.TIMEOUT);
        steve.stationsAnswer("Accepted");
        assertThat(answerAt(1)).isEqualTo(Answer.ACCEPTED);
        assertThat(steve.operations()).hasSize(4);
    }

    @Test
    void aNewFormAfterAnAcceptedStartSendsNothingUntilItsSessionEnds() {
        assertThat(answerAt(1)).isEqualTo(Answer.ACCEPTED);
        steve.stationsAnswer("Rejected");
        assertThat(answerAt(1)).isEqualTo(Answer.ACCEPTED);
        assertThat(steve.operations()).hasSize(1);

        chargeIsOver = true;
        assertThat(answerAt(1)).isEqualTo(Answer.REJECTED);
        assertThat(steve.operations()).hasSize(2);
    }

    /** Fails if two forms sent while the charger is deciding start it twice. */
    @Test
    void aNewFormDuringAStartSharesItsOutcome() throws InterruptedException {
        var gate = new CountDownLatch(1);
        steve.holdOperations(gate);
        steve.stationsAnswer("Rejected");
        var other = UUID.randomUUID();
        send(requests);
        await().until(() -> steve.operations().size() == 1);
        var looked = new CountDownLatch(1);
        var node = node(new RemoteStartRepository(fixture.jdbc) {
            @Override
            Optional<Holder> holder(Slot slot) {
                var holder = super.holder(slot);
                looked.countDown();
                return holder;
            }
        });
        node.send(other, fixture.anna, CP30, FIRST, card.id());
        looked.await();
        gate.countDown();

        await().until(() ->
                node.find(other, fixture.anna).flatMap(StartRequest::answer).equals(Optional.of(Answer.REJECTED)));
        assertThat(steve.operations()).hasSize(1);
    }

    @Test
    void aStartThatIsNotAllowedIsNotSent() {
        var bens = fixture.card("BENSTAG01", fixture.ben);
        assertThatThrownBy(() -> requests.send(form, fixture.anna, CP30, FIRST, bens.id()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> requests.send(form, fixture.anna, new ChargeBoxId("NOWHERE"), FIRST, card.id()))
                .isInstanceOf(NotFound.class);
        fixture.jdbc.sql("update ev_cards set lost_at = now()").update();
        assertThatThrownBy(() -> send(requests)).isInstanceOf(InvalidInput.class);
        assertThat(steve.operations()).isEmpty();
        assertThat(requests.find(form, fixture.anna)).isEmpty();
    }

    @Test
    void aRequestIsVisibleOnlyToItsDriver() {
        send(requests);
        var bens = fixture.card("BENSTAG01", fixture.ben);
        assertThat(requests.find(form, fixture.ben)).isEmpty();
        assertThatThrownBy(() -> requests.send(form, fixture.ben, CP30, FIRST, bens.id()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aRequestLeftByADeadNodeTimesOut() {
        fixture.jdbc
                .sql("""
                    insert into start_requests (id, driver_id, charge_box, ev_card_id, requested_at)
                    values (:id, :driver, 'CP30', :card, :now)
                    """)
                .param("id", form)
                .param("driver", fixture.anna.value())
                .param("card", card.id().value())
                .param("now", NOON.atOffset(java.time.ZoneOffset.UTC))
                .update();
        fixture.clock.advance(Duration.ofSeconds(85)); // 45 s of waiting for an equal start, 40 s of sending
        assertThat(answer()).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(6));
        assertThat(answer()).contains(Answer.TIMEOUT);
    }

    private Answer answerAt(int connector) {
        var id = UUID.randomUUID();
        requests.send(id, fixture.anna, CP30, Optional.of(connector), card.id());
        return await().until(() -> requests.find(id, fixture.anna).flatMap(StartRequest::answer), Optional::isPresent)
                .orElseThrow();
    }

    private void send(StartRequestService node) {
        node.send(form, fixture.anna, CP30, FIRST, card.id());
    }

    private Optional<Answer> answer() {
        return requests.find(form, fixture.anna).flatMap(StartRequest::answer);
    }

    private StartRequestService node() {
        return node(new RemoteStartRepository(fixture.jdbc));
    }

    private StartRequestService node(RemoteStartRepository repository) {
        var starts = new RemoteStartService(
                fixture.cards,
                chargers,
                repository,
                new StartEnds(fixture.board()),
                (driver, card, box, connector, since) -> chargeIsOver,
                new SteveOperations(steve.client()),
                fixture.events::add,
                fixture.clock);
        var node = new StartRequestService(starts, fixture.jdbc, fixture.clock);
        nodes.add(node);
        return node;
    }
}
