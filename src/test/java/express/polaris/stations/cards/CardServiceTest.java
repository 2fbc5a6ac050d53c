package express.polaris.stations.cards;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.testing.StandInSteve;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardServiceTest {

    private final CardsFixture fixture = new CardsFixture();
    private final CardService cards = fixture.cards;

    @Test
    void driversSeeTheirOwnCardsOpenOnesFirstThenEndedOnes() {
        var ended = fixture.card("ENDEDTAG1", fixture.anna);
        fixture.links.unlink(ended.id(), Optional.empty());
        var open = fixture.card("OPENTAG01", fixture.anna);
        fixture.card("BENSTAG01", fixture.ben);

        assertThat(cards.ofDriver(fixture.anna)).extracting(EvCard::id).containsExactly(open.id(), ended.id());
        assertThat(cards.ofDriver(fixture.anna, ended.id())).isPresent();
        assertThat(cards.ofDriver(fixture.ben, ended.id())).isEmpty();
    }

    @Test
    void driversRenameAndRecolourTheirOpenCards() {
        var card = fixture.card("OPENTAG01", fixture.anna);

        var renamed = cards.describe(fixture.anna, card.id(), Optional.of(" Blue fob "), Optional.empty());
        assertThat(renamed.label()).isEqualTo("Blue fob");
        assertThat(renamed.colour()).isEqualTo(card.colour());
        assertThat(cards.describe(fixture.anna, card.id(), Optional.empty(), Optional.of("#2F6FED")))
                .extracting(EvCard::label, EvCard::colour)
                .containsExactly("Blue fob", "#2f6fed");
    }

    @Test
    void anotherDriversCardAndAnEndedCardAreNotFoundForAnyInput() {
        var card = fixture.card("OPENTAG01", fixture.anna);
        var faulty = Optional.of("x".repeat(101));

        assertThatThrownBy(() -> cards.describe(fixture.ben, card.id(), faulty, Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThat(cards.openCard(fixture.ben, card.id())).isEmpty();
        fixture.links.unlink(card.id(), Optional.empty());
        assertThatThrownBy(() -> cards.describe(fixture.anna, card.id(), Optional.of("Mine"), Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThat(cards.openCard(fixture.anna, card.id())).isEmpty();
    }

    @Test
    void anInvalidLabelAndColourAreReportedAtOnce() {
        var card = fixture.card("OPENTAG01", fixture.anna);

        assertThatThrownBy(() -> cards.describe(
                        fixture.anna, card.id(), Optional.of("\u0000"), Optional.of("red;background:url(x)")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly("label", "colour"));
        assertThat(cards.find(card.id())).contains(card);
    }

    @Test
    void operatorsPageThroughAllCardsWhileNewOnesAreLinked() {
        var ids = new ArrayList<EvCardId>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(fixture.card("PAGETAG0" + i, fixture.anna).id());
        }

        var first = cards.page(CardFilter.all(), 2, Optional.empty());
        fixture.card("NEWERTAG1", fixture.ben);
        var second = cards.page(CardFilter.all(), 2, first.next());
        var third = cards.page(CardFilter.all(), 2, second.next());

        var seen = new ArrayList<EvCard>(first.items());
        seen.addAll(second.items());
        seen.addAll(third.items());
        assertThat(seen).extracting(EvCard::id).isEqualTo(ids);
        assertThat(third.next()).isEmpty();
    }

    /** The SQL filter and the state computed in Java agree on every card. */
    @Test
    void operatorsFilterByStateDriverAndIdTag() {
        try (var steve = new StandInSteve()) {
            var active = fixture.card("ACTIVETAG", fixture.anna);
            var endsTomorrow = fixture.card("TOMORROW1", fixture.ben);
            fixture.links.unlink(endsTomorrow.id(), Optional.of(NOON.plus(Duration.ofDays(1))));
            var ended = fixture.card("ENDEDTAG1", fixture.anna);
            fixture.links.unlink(ended.id(), Optional.of(NOON));
            var lost = fixture.card("LOSTTAG01", fixture.anna);
            fixture.lostCards(steve.client()).report(fixture.anna, lost.id());
            var lostAndEnded = fixture.card("LOSTENDED", fixture.anna);
            fixture.lostCards(steve.client()).report(fixture.anna, lostAndEnded.id());
            fixture.links.unlink(lostAndEnded.id(), Optional.of(NOON));

            for (var state : CardState.values()) {
                var filter = new CardFilter(Optional.empty(), Optional.empty(), Optional.of(state));
                assertThat(ids(filter))
                        .isEqualTo(ids(CardFilter.all()).stream()
                                .filter(id -> cards.find(id).orElseThrow().stateAt(NOON) == state)
                                .toList())
                        .isNotEmpty();
            }
            assertThat(ids(new CardFilter(Optional.of(new IdTag("activetag")), Optional.empty(), Optional.empty())))
                    .containsExactly(active.id());
            assertThat(ids(new CardFilter(Optional.empty(), Optional.of(fixture.ben), Optional.empty())))
                    .containsExactly(endsTomorrow.id());
            assertThat(cards.ofIdTag(new IdTag("NOBODYSTAG"))).isEmpty();
        }
    }

    private List<EvCardId> ids(CardFilter filter) {
        return cards.page(filter, 100, Optional.empty()).items().stream()
                .map(EvCard::id)
                .toList();
    }
}
