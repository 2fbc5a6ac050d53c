package express.polaris.stations.cards;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.steve.SteveUnavailable;
import express.polaris.testing.StandInSteve;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostCardServiceTest {

    private static final String TAG = "04AB12CD34EF";

    private final CardsFixture fixture = new CardsFixture();
    private final StandInSteve steve = new StandInSteve();
    private final LostCardService lostCards = fixture.lostCards(steve.client());

    @AfterEach
    void stop() {
        steve.close();
    }

    @Test
    void aLostCardIsBlockedInSteveAtOnceAndKeepsTheTimeOfTheFirstReport() {
        steve.knowsTag(TAG);
        var card = fixture.card(TAG, fixture.anna);

        var lost = lostCards.report(fixture.anna, card.id());
        fixture.clock.advance(Duration.ofHours(1));
        var again = lostCards.report(fixture.anna, card.id());

        assertThat(lost.lostAt()).contains(NOON);
        assertThat(lost.stateAt(NOON)).isEqualTo(CardState.LOST);
        assertThat(again).isEqualTo(lost);
        assertThat(steve.blocked(TAG)).isTrue();
        assertThat(fixture.events).containsExactly(new CardReportedLost(fixture.anna, card.id()));
    }

    @Test
    void aReportSucceedsWhileSteveIsDownAndTheBlockFollowsLater() {
        steve.knowsTag(TAG);
        var card = fixture.card(TAG, fixture.anna);
        steve.down(true);

        assertThat(lostCards.report(fixture.anna, card.id()).isLost()).isTrue();
        assertThat(steve.blocked(TAG)).isFalse();

        steve.down(false);
        lostCards.repeatOwedBlocks(); // tried just now: not due
        assertThat(steve.blocked(TAG)).isFalse();
        fixture.clock.advance(Duration.ofSeconds(30));
        fixture.lostCards(steve.client()).repeatOwedBlocks(); // as after a restart
        assertThat(steve.blocked(TAG)).isTrue();
    }

    @Test
    void aCardUnblockedByAnOperatorIsNotBlockedAgain() {
        steve.knowsTag(TAG);
        var card = fixture.card(TAG, fixture.anna);
        lostCards.report(fixture.anna, card.id());

        var found = lostCards.found(card.id());
        fixture.clock.advance(Duration.ofMinutes(1));
        lostCards.repeatOwedBlocks();

        assertThat(found.isLost()).isFalse();
        assertThat(steve.blocked(TAG)).isFalse();
    }

    @Test
    void aCardCannotBeMarkedAsFoundBeforeItsBlockOrWhileSteveIsDown() {
        steve.knowsTag(TAG);
        var card = fixture.card(TAG, fixture.anna);
        steve.down(true);
        lostCards.report(fixture.anna, card.id());

        assertThatThrownBy(() -> lostCards.found(card.id())).isInstanceOf(Conflict.class);

        steve.down(false);
        lostCards.report(fixture.anna, card.id());
        steve.down(true);
        assertThatThrownBy(() -> lostCards.found(card.id())).isInstanceOf(SteveUnavailable.class);
        assertThat(fixture.cards.find(card.id()).orElseThrow().isLost()).isTrue();
    }

    @Test
    void onlyTheCurrentOwnerReportsACardLost() {
        steve.knowsTag(TAG);
        var card = fixture.card(TAG, fixture.anna);

        assertThatThrownBy(() -> lostCards.report(fixture.ben, card.id())).isInstanceOf(NotFound.class);
        fixture.links.transfer(card.id(), fixture.ben, Optional.empty());
        assertThatThrownBy(() -> lostCards.report(fixture.anna, card.id())).isInstanceOf(NotFound.class);
        assertThat(steve.blocked(TAG)).isFalse();
    }

    @Test
    void allOpenCardsOfADriverAreBlockedAndNoOthers() {
        steve.knowsTag("ANNASTAG1");
        steve.knowsTag("ANNASTAG2");
        steve.knowsTag("BENSTAG01");
        fixture.card("ANNASTAG1", fixture.anna);
        var second = fixture.card("ANNASTAG2", fixture.anna);
        fixture.card("BENSTAG01", fixture.ben);
        fixture.links.transfer(second.id(), fixture.ben, Optional.empty());

        assertThat(lostCards.blockAllOf(fixture.anna)).isEqualTo(1);

        assertThat(steve.blocked("ANNASTAG1")).isTrue();
        assertThat(steve.blocked("ANNASTAG2")).isFalse();
        assertThat(steve.blocked("BENSTAG01")).isFalse();
    }
}
