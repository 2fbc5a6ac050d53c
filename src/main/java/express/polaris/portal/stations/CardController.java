package express.polaris.portal.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.CardView;
import express.polaris.portal.PortalPages;
import express.polaris.sessions.statistics.CardUses;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.LostCardService;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's own EV cards: the list, their label and colour, and reporting one as lost. */
@Controller
class CardController {

    private static final Map<String, Shell.Tone> DONE =
            Map.of("described", Shell.Tone.SUCCESS, "lost", Shell.Tone.SUCCESS, "badLabel", Shell.Tone.WARNING);

    private final CardService cards;
    private final LostCardService lostCards;
    private final CardUses uses;
    private final PortalPages pages;
    private final Clock clock;

    CardController(CardService cards, LostCardService lostCards, CardUses uses, PortalPages pages, Clock clock) {
        this.cards = cards;
        this.lostCards = lostCards;
        this.uses = uses;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/cards")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String done, @SignedInAccount Account account, CsrfToken csrf) {
        var now = clock.instant();
        var month = LocalDate.ofInstant(now, account.timeZone())
                .withDayOfMonth(1)
                .atStartOfDay(account.timeZone())
                .toInstant();
        var all = cards.ofDriver(account.id());
        var used = uses.of(all.stream().map(EvCard::id).toList(), month);
        var shell = pages.shell(
                account, csrf, "nav.cards", AfterForm.notice(done, "cards.done.", DONE, Texts.of(account.locale())));
        return pages.render(
                "cards/list.jte",
                new CardsPage(
                        shell,
                        items(all, card -> card.stateAt(now) != CardState.ENDED, used),
                        items(all, card -> card.stateAt(now) == CardState.ENDED, used)));
    }

    @PostMapping("/cards/{id}")
    ResponseEntity<Void> describe(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String colour,
            @SignedInAccount Account account) {
        var card = parse(id).orElseThrow(NotFound::new);
        try {
            cards.describe(
                    account.id(), card, Optional.of(label), Optional.of(colour).filter(CardsPage.COLOURS::contains));
            return AfterForm.seeOther("/cards?done=described");
        } catch (InvalidInput badLabel) {
            return AfterForm.seeOther("/cards?done=badLabel");
        }
    }

    @PostMapping("/cards/{id}/lost")
    ResponseEntity<Void> reportLost(@PathVariable String id, @SignedInAccount Account account) {
        lostCards.report(account.id(), parse(id).orElseThrow(NotFound::new));
        return AfterForm.seeOther("/cards?done=lost");
    }

    /** Parses a card id; empty unless it is a plain positive number, so that the answer is 404. */
    static Optional<EvCardId> parse(String text) {
        return express.polaris.sessions.SessionId.parse(text).map(number -> new EvCardId(number.value()));
    }

    private static List<CardsPage.Item> items(
            List<EvCard> cards, Predicate<EvCard> wanted, Map<EvCardId, CardUses.CardUse> used) {
        return cards.stream()
                .filter(wanted)
                .map(card -> item(card, Optional.ofNullable(used.get(card.id()))))
                .toList();
    }

    private static CardsPage.Item item(EvCard card, Optional<CardUses.CardUse> use) {
        return new CardsPage.Item(
                card.id().value(),
                new CardView(card.label(), card.colour()),
                card.idTag().masked(),
                card.from(),
                card.until(),
                card.lostAt(),
                use.map(it -> new CardsPage.Use(it.last().value(), it.lastStartedAt(), it.energy())));
    }
}
