package express.polaris.portal.stations;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.CardView;
import express.polaris.portal.PortalPages;
import express.polaris.portal.stations.StartPage.Phase;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionNeighbours;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerReason;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.stations.chargers.StartRequest;
import express.polaris.stations.chargers.StartRequestService;
import express.polaris.web.AfterForm;
import express.polaris.web.PathId;
import express.polaris.web.views.ChargerCard;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sends a remote-start request and shows its result until the session exists. */
@Controller
class StartController {

    /** Time in which an accepted start should lead to a session, including plugging in. */
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(2);

    /** Limit for polling by a page that is left open. */
    private static final Duration WATCHED_FOR = Duration.ofMinutes(15);

    private final ChargerService chargers;
    private final CardService cards;
    private final StartRequestService starts;
    private final SessionNeighbours sessions;
    private final PortalPages pages;
    private final Clock clock;

    StartController(
            ChargerService chargers,
            CardService cards,
            StartRequestService starts,
            SessionNeighbours sessions,
            PortalPages pages,
            Clock clock) {
        this.chargers = chargers;
        this.cards = cards;
        this.starts = starts;
        this.sessions = sessions;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * @param form id of the form; posting it twice leads to the same request
     */
    @PostMapping("/chargers/{id}/start")
    ResponseEntity<Void> start(
            @PathVariable PathId id,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String connectorId,
            @RequestParam(defaultValue = "") String cardId,
            @SignedInAccount Account account) {
        var charger = chargers.findByAnyId(id.text()).orElseThrow(NotFound::new);
        var card = CardController.parse(cardId).orElseThrow(NotFound::new);
        var request = parse(form).orElseThrow(() -> InvalidInput.of("form", StartReason.NO_FORM.with()));
        starts.send(request, account.id(), charger.id(), connector(charger, connectorId), card);
        return AfterForm.seeOther("/starts/" + request);
    }

    @GetMapping("/starts/{id}")
    ResponseEntity<byte[]> page(@PathVariable String id, @SignedInAccount Account account, CsrfToken csrf) {
        var request = owned(id, account);
        var session = session(request, account);
        if (session.isPresent()) {
            return AfterForm.seeOther(href(session.get()));
        }
        var shell = pages.shell(account, csrf, "nav.chargers");
        return pages.render("chargers/start.jte", new StartPage(shell, state(request, account, shell.texts())));
    }

    /**
     * The part of the page that changes; 204 while it would not change.
     *
     * @param seen phase that the page shows
     */
    @GetMapping("/starts/{id}/state")
    ResponseEntity<byte[]> state(
            @PathVariable String id, @RequestParam(defaultValue = "") String seen, @SignedInAccount Account account) {
        var request = owned(id, account);
        var session = session(request, account);
        if (session.isPresent()) {
            return ResponseEntity.ok()
                    .header("HX-Redirect", href(session.get()))
                    .build();
        }
        var state = state(request, account, Texts.of(account.locale()));
        return state.watched() && state.phase().css().equals(seen)
                ? ResponseEntity.noContent().build()
                : pages.render("chargers/state.jte", state);
    }

    /** Checks ownership before anything else is read. */
    private StartRequest owned(String id, Account account) {
        return parse(id).flatMap(request -> starts.find(request, account.id())).orElseThrow(NotFound::new);
    }

    /** Also looks for a session after a timeout, because the charger may have started it. */
    private Optional<SessionId> session(StartRequest request, Account account) {
        boolean possible = request.answer()
                .filter(answer -> answer == StartRequest.Answer.ACCEPTED || answer == StartRequest.Answer.TIMEOUT)
                .isPresent();
        return possible
                ? sessions.firstSeenSince(
                        account.id(), request.card(), request.chargeBox(), request.connector(), request.requestedAt())
                : Optional.empty();
    }

    private StartPage.State state(StartRequest request, Account account, Texts texts) {
        var charger = chargers.find(request.chargeBox());
        var age = Duration.between(request.requestedAt(), clock.instant());
        var phase = request.answer()
                .map(answer -> switch (answer) {
                    case ACCEPTED -> age.compareTo(BEGINS_WITHIN) < 0 ? Phase.ACCEPTED : Phase.NO_SESSION;
                    case REJECTED -> Phase.REJECTED;
                    case UNREACHABLE -> Phase.UNREACHABLE;
                    case TIMEOUT -> Phase.TIMEOUT;
                    case CARD_REFUSED -> Phase.CARD_REFUSED;
                    case STEVE_DOWN -> Phase.STEVE_DOWN;
                })
                .orElse(Phase.SENDING);
        boolean open = phase.isHopeful() || phase == Phase.NO_SESSION || phase == Phase.TIMEOUT;
        return new StartPage.State(
                texts,
                request.id().toString(),
                charger.map(Charger::name).orElse(request.chargeBox().value()),
                charger.map(ChargerCard::href).orElse("/chargers"),
                request.connector(),
                cards.label(account.id(), request.card()).map(card -> new CardView(card.label(), card.colour())),
                phase,
                open && age.compareTo(WATCHED_FOR) < 0);
    }

    /**
     * Empty leaves the choice to the charger.
     *
     * @throws InvalidInput if the charger has no such connector
     */
    private static Optional<Integer> connector(Charger charger, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return charger.connectors().stream()
                .map(connector -> connector.id())
                .filter(connector -> text.equals(Integer.toString(connector)))
                .findFirst()
                .or(() -> {
                    throw InvalidInput.of("connectorId", ChargerReason.NO_SUCH_CONNECTOR.with(charger.id()));
                });
    }

    private static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String href(SessionId session) {
        return "/sessions/" + session;
    }
}
