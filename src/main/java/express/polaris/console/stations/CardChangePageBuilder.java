package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.console.ConsolePages;
import express.polaris.console.PersonChoice;
import express.polaris.console.stations.CardChangePage.Form;
import express.polaris.console.stations.CardChangePage.Kind;
import express.polaris.console.stations.CardChangePage.Preview;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ownership.UnownedTags;
import express.polaris.stations.cards.CardPreview;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.CardSessions;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.web.FieldFaults;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Builds the pages that change a card's owner. */
@Component
class CardChangePageBuilder {

    private final CardService cards;
    private final AccountService accounts;
    private final UnownedTags unowned;
    private final PersonChoice people;
    private final ConsolePages pages;

    CardChangePageBuilder(
            CardService cards, AccountService accounts, UnownedTags unowned, PersonChoice people, ConsolePages pages) {
        this.cards = cards;
        this.accounts = accounts;
        this.unowned = unowned;
        this.people = people;
        this.pages = pages;
    }

    record Request(
            Kind kind, Optional<EvCard> card, Optional<IdTag> idTag, Form form, Account operator, CsrfToken csrf) {}

    /**
     * @throws NotFound if there is no such card
     */
    EvCard card(long id) {
        return cards.find(new EvCardId(id)).orElseThrow(NotFound::new);
    }

    ResponseEntity<byte[]> form(Request request, List<Fault> faults) {
        return render(
                faults.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
                request,
                Optional.empty(),
                pages.refusals(request.operator()).faults(faults));
    }

    ResponseEntity<byte[]> preview(Request request, CardPreview preview) {
        return switch (preview) {
            case CardPreview.Possible(EvCard card, CardSessions attaches, CardSessions stays) ->
                render(
                        HttpStatus.OK,
                        request,
                        Optional.of(new Preview.Possible(
                                accounts.find(card.driver()).orElseThrow(NotFound::new),
                                instantOf(request.kind(), card),
                                attaches,
                                stays)),
                        FieldFaults.NONE);
            case CardPreview.Refused(var refusal) ->
                render(
                        HttpStatus.CONFLICT,
                        request,
                        Optional.of(new Preview.Refused(
                                pages.refusals(request.operator()).of(refusal))),
                        FieldFaults.NONE);
        };
    }

    private static Instant instantOf(Kind kind, EvCard card) {
        return switch (kind) {
            case LINK, TRANSFER -> card.from();
            case UNLINK -> card.until().orElseThrow();
        };
    }

    private ResponseEntity<byte[]> render(
            HttpStatus status, Request request, Optional<Preview> preview, FieldFaults faults) {
        var shell = pages.shell(request.operator(), request.csrf(), TagController.NAVIGATION);
        var page = new CardChangePage(
                shell,
                request.kind(),
                request.card(),
                request.card().flatMap(card -> accounts.find(card.driver())),
                request.form(),
                request.idTag().flatMap(unowned::of),
                request.kind() == Kind.UNLINK ? List.of() : people.offered(),
                preview,
                faults);
        return pages.render(status, "console/cards/change.jte", page);
    }
}
