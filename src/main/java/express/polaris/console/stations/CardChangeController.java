package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsoleReason;
import express.polaris.console.LocalTimeField;
import express.polaris.console.PersonChoice;
import express.polaris.console.stations.CardChangePage.Form;
import express.polaris.console.stations.CardChangePage.Kind;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.CardChange;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardPreview;
import express.polaris.stations.cards.CardReason;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.cards.OperatorCards;
import express.polaris.web.AfterForm;
import express.polaris.web.WithoutSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Links, transfers and unlinks cards. A complete form shows a preview first. The confirmation sends the instant of the
 * preview, so that the change does exactly what was shown.
 */
@Controller
class CardChangeController {

    private final CardLinkService links;
    private final OperatorCards changes;
    private final CardChangePageBuilder views;
    private final PersonChoice people;

    CardChangeController(
            CardLinkService links, OperatorCards changes, CardChangePageBuilder views, PersonChoice people) {
        this.links = links;
        this.changes = changes;
        this.views = views;
        this.people = people;
    }

    /**
     * @param start instant offered by the page; replaces {@code from}
     */
    @WithoutSnapshot
    @GetMapping("/operator/cards/link")
    ResponseEntity<byte[]> link(
            @RequestParam(defaultValue = "") String idTag,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String start,
            @RequestParam(defaultValue = "false") boolean preview,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var form =
                new Form(idTag.strip(), driver.strip(), label.strip(), local(start.isEmpty() ? from : start, operator));
        var tag = IdTag.parse(idTag);
        var request = new CardChangePageBuilder.Request(Kind.LINK, Optional.empty(), tag, form, operator, csrf);
        var person = people.find(form.driver());
        var faults = preview ? faults(request, person.isEmpty()) : List.<Fault>of();
        if (!preview || !faults.isEmpty()) {
            return views.form(request, faults);
        }
        return views.preview(
                request,
                links.previewLink(tag.orElseThrow(), person.orElseThrow().id(), label(label), at(form, operator)));
    }

    @PostMapping("/operator/cards/link")
    ResponseEntity<byte[]> doLink(
            @RequestParam(defaultValue = "") String idTag,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String at,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var tag = IdTag.parse(idTag).orElseThrow(NotFound::new);
        var person = people.find(driver).orElseThrow(NotFound::new);
        var form = new Form(idTag, driver, label, at);
        var request =
                new CardChangePageBuilder.Request(Kind.LINK, Optional.empty(), Optional.of(tag), form, operator, csrf);
        return answer(
                request,
                () -> changes.link(operator.id(), tag, person.id(), label(label), at(form, operator)),
                "linked");
    }

    @WithoutSnapshot
    @GetMapping("/operator/cards/{id}/transfer")
    ResponseEntity<byte[]> transfer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "false") boolean preview,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var card = views.card(id);
        var request = request(Kind.TRANSFER, card, driver, from, operator, csrf);
        var person = people.find(driver);
        var faults = preview ? faults(request, person.isEmpty()) : List.<Fault>of();
        if (!preview || !faults.isEmpty()) {
            return views.form(request, faults);
        }
        return views.preview(
                request, links.previewTransfer(card.id(), person.orElseThrow().id(), at(request.form(), operator)));
    }

    @PostMapping("/operator/cards/{id}/transfer")
    ResponseEntity<byte[]> doTransfer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String at,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var request = request(Kind.TRANSFER, views.card(id), driver, at, operator, csrf);
        var person = people.find(driver).orElseThrow(NotFound::new);
        return answer(
                request,
                () -> changes.transfer(
                        operator.id(), new EvCardId(id), person.id(), LocalTimeField.parse(at, operator.timeZone())),
                "transferred");
    }

    @WithoutSnapshot
    @GetMapping("/operator/cards/{id}/unlink")
    ResponseEntity<byte[]> unlink(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "false") boolean preview,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var card = views.card(id);
        var request = request(Kind.UNLINK, card, "", until, operator, csrf);
        var faults = preview ? faults(request, false) : List.<Fault>of();
        return preview && faults.isEmpty()
                ? views.preview(request, links.previewUnlink(card.id(), at(request.form(), operator)))
                : views.form(request, faults);
    }

    @PostMapping("/operator/cards/{id}/unlink")
    ResponseEntity<byte[]> doUnlink(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String at,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var request = request(Kind.UNLINK, views.card(id), "", at, operator, csrf);
        return answer(
                request,
                () -> changes.unlink(operator.id(), new EvCardId(id), LocalTimeField.parse(at, operator.timeZone())),
                "unlinked");
    }

    private ResponseEntity<byte[]> answer(
            CardChangePageBuilder.Request request, Supplier<CardChange> change, String done) {
        try {
            var changed = change.get();
            return AfterForm.seeOther("/operator/cards/" + changed.card().id().value() + "?done=" + done + "&attached="
                    + changed.attachedSessions());
        } catch (InvalidInput | Conflict refused) {
            return views.preview(request, new CardPreview.Refused(refused));
        }
    }

    private static CardChangePageBuilder.Request request(
            Kind kind, EvCard card, String driver, String at, Account operator, CsrfToken csrf) {
        var form = new Form(card.idTag().value(), driver.strip(), "", local(at, operator));
        return new CardChangePageBuilder.Request(
                kind, Optional.of(card), Optional.of(card.idTag()), form, operator, csrf);
    }

    private static List<Fault> faults(CardChangePageBuilder.Request request, boolean nobody) {
        var given = request.form().at();
        return new FaultCollector()
                .require(request.idTag().isPresent(), "idTag", CardReason.ID_TAG.with(IdTag.LONGEST))
                .require(!nobody, "driver", ConsoleReason.NOBODY.with())
                .require(
                        given.isEmpty()
                                || at(request.form(), request.operator()).isPresent(),
                        "at",
                        ConsoleReason.MOMENT.with())
                .list();
    }

    private static Optional<Instant> at(Form form, Account operator) {
        return LocalTimeField.parse(form.at(), operator.timeZone());
    }

    /** Formats an instant for the form field; returns invalid input as typed. */
    private static String local(String given, Account operator) {
        return LocalTimeField.parse(given, operator.timeZone())
                .map(instant -> LocalTimeField.field(instant, operator.timeZone()))
                .orElse(given.strip());
    }

    private static Optional<String> label(String given) {
        return Optional.of(given.strip()).filter(text -> !text.isEmpty());
    }
}
