package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.OperatorTags;
import express.polaris.steve.SteveUnavailable;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.WithoutSnapshot;
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

/** The page of a card; blocks and unblocks the card in SteVe. */
@Controller
class OwnedCardController {

    private static final Set<String> ATTACHING = Set.of("linked", "transferred");

    private final OwnedCardPageBuilder views;
    private final OperatorTags changes;
    private final ConsolePages pages;

    OwnedCardController(OwnedCardPageBuilder views, OperatorTags changes, ConsolePages pages) {
        this.views = views;
        this.changes = changes;
        this.pages = pages;
    }

    @WithoutSnapshot
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
        return page(HttpStatus.OK, views.card(id), notice, operator, csrf);
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
            return page(HttpStatus.CONFLICT, views.card(id), Optional.of(notice), operator, csrf);
        }
    }

    private ResponseEntity<byte[]> page(
            HttpStatus status, EvCard card, Optional<Shell.Notice> notice, Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, TagController.NAVIGATION, notice);
        return pages.render(status, "console/cards/card.jte", views.page(shell, card));
    }

    private static ResponseEntity<byte[]> done(long id, String what) {
        return AfterForm.seeOther("/operator/cards/" + id + "?done=" + what);
    }
}
