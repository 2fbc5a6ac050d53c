package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.OperatorTags;
import express.polaris.steve.SteveUnavailable;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One card: its owner, state and history; blocks and unblocks it in SteVe. */
@Controller
class OwnedCardController {

    private static final int HISTORY = 100;
    private static final Set<String> ATTACHING = Set.of("linked", "transferred");

    private final CardPageSources facts;
    private final OperatorTags changes;
    private final ConsolePages pages;
    private final Clock clock;

    OwnedCardController(CardPageSources facts, OperatorTags changes, ConsolePages pages, Clock clock) {
        this.facts = facts;
        this.changes = changes;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/cards/{id}")
    ResponseEntity<byte[]> card(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "0") int attached,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var notice = attached > 0 && ATTACHING.contains(done)
                ? Optional.of(new Shell.Notice(
                        Shell.Tone.SUCCESS,
                        Texts.of(operator.locale()).count("tags.done." + done + ".attached", attached)))
                : AfterForm.notice(done, "tags.done.", TagController.DONE, Texts.of(operator.locale()));
        return page(HttpStatus.OK, find(id), notice, operator, csrf);
    }

    @PostMapping("/operator/cards/{id}/block")
    ResponseEntity<byte[]> block(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        return answer(
                id, () -> changes.block(operator.id(), new EvCardId(id)) ? "blocked" : "block-owed", operator, csrf);
    }

    @PostMapping("/operator/cards/{id}/unblock")
    ResponseEntity<byte[]> unblock(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        return answer(
                id,
                () -> {
                    changes.unblock(operator.id(), new EvCardId(id));
                    return "unblocked";
                },
                operator,
                csrf);
    }

    /** Unblocks a card that was reported as lost. There is no other way to unblock it. */
    @PostMapping("/operator/cards/{id}/found")
    ResponseEntity<byte[]> found(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        return answer(
                id,
                () -> {
                    changes.found(operator.id(), new EvCardId(id));
                    return "found";
                },
                operator,
                csrf);
    }

    /**
     * @param change returns the name of its notice
     */
    private ResponseEntity<byte[]> answer(long id, Supplier<String> change, Account operator, CsrfToken csrf) {
        try {
            return done(id, change.get());
        } catch (SteveUnavailable down) {
            return done(id, "steve-down");
        } catch (Conflict refused) {
            var notice = AfterForm.refusal(pages.refusals(operator).of(refused));
            return page(HttpStatus.CONFLICT, find(id), Optional.of(notice), operator, csrf);
        }
    }

    private EvCard find(long id) {
        return facts.cards().find(new EvCardId(id)).orElseThrow(NotFound::new);
    }

    private ResponseEntity<byte[]> page(
            HttpStatus status, EvCard card, Optional<Shell.Notice> notice, Account operator, CsrfToken csrf) {
        var now = clock.instant();
        var owners = facts.cards().ofIdTag(card.idTag());
        var shell = pages.shell(operator, csrf, TagController.NAVIGATION, notice);
        var page = new OwnedCardPage(
                shell,
                card,
                card.stateAt(now),
                facts.accounts().find(card.driver()).orElseThrow(NotFound::new),
                facts.history().sessionsOf(card.id()),
                tag(card),
                owners.stream()
                        .map(owner -> new OwnedCardPage.Owner(owner, owner.stateAt(now), pages.nameOf(owner.driver())))
                        .toList(),
                history(owners, shell.texts()));
        return pages.render(status, "console/cards/card.jte", page);
    }

    private OwnedCardPage.Tag tag(EvCard card) {
        boolean owed = facts.lostCards().owesBlock(card.idTag());
        try {
            var known = facts.tags().find(card);
            return new OwnedCardPage.Tag(
                    true, known, known.filter(facts.tags()::isExpired).isPresent(), owed);
        } catch (SteveUnavailable down) {
            return new OwnedCardPage.Tag(false, Optional.empty(), false, owed);
        }
    }

    private List<OwnedCardPage.Done> history(List<EvCard> owners, Texts texts) {
        var subjects =
                owners.stream().map(owner -> "card " + owner.id().value()).toList();
        return facts.audit().about(subjects, HISTORY).stream()
                .map(entry -> new OwnedCardPage.Done(
                        entry.at(),
                        entry.actor().map(pages::nameOf).orElseGet(() -> texts.get("tags.history.system")),
                        texts.find("tags.history." + entry.action()).orElse(entry.action()) + " · "
                                + entry.subject().replace("card ", "#")))
                .toList();
    }

    private static ResponseEntity<byte[]> done(long id, String what) {
        return AfterForm.seeOther("/operator/cards/" + id + "?done=" + what);
    }
}
