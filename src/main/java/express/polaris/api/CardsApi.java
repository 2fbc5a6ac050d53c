package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.LostCardService;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The driver's EV cards. */
@RestController
@RequestMapping("/api/v1/cards")
class CardsApi {

    private final CardService cards;
    private final LostCardService lostCards;
    private final Clock clock;

    CardsApi(CardService cards, LostCardService lostCards, Clock clock) {
        this.cards = cards;
        this.lostCards = lostCards;
        this.clock = clock;
    }

    /** @param state {@code active}, {@code lost} or {@code ended} */
    record OwnCard(
            long id,
            String idTagMasked,
            String label,
            String colour,
            Instant from,
            Optional<Instant> until,
            String state) {

        static OwnCard of(EvCard card, Instant now) {
            return new OwnCard(
                    card.id().value(),
                    card.idTag().masked(),
                    card.label(),
                    card.colour(),
                    card.from(),
                    card.until(),
                    card.stateAt(now).name().toLowerCase(Locale.ROOT));
        }
    }

    record CardEdit(Optional<String> label, Optional<String> colour) {}

    @GetMapping
    @Operation(summary = "Your cards, current ones first, then earlier ones")
    CursorPage<OwnCard> list(
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor,
            @SignedInAccount Account account) {
        var now = clock.instant();
        var all = cards.ofDriver(account.id()).stream()
                .map(card -> OwnCard.of(card, now))
                .toList();
        return CursorPage.of(all, cursor, CursorPage.limit(limit), card -> Long.toString(card.id()));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Change the label or colour of a card")
    OwnCard describe(@PathVariable String id, @RequestBody CardEdit edit, @SignedInAccount Account account) {
        return answer(cards.describe(account.id(), parse(id), edit.label(), edit.colour()));
    }

    @PostMapping("/{id}/report-lost")
    @Operation(summary = "Report a card lost; it can no longer start a session")
    OwnCard reportLost(@PathVariable String id, @SignedInAccount Account account) {
        return answer(lostCards.report(account.id(), parse(id)));
    }

    private OwnCard answer(EvCard card) {
        return OwnCard.of(card, clock.instant());
    }

    private static EvCardId parse(String id) {
        return PathIds.parse(id).map(EvCardId::new).orElseThrow(NotFound::new);
    }
}
