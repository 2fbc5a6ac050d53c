package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ownership.SessionOwnership;
import express.polaris.stations.cards.CardChange;
import express.polaris.stations.cards.CardFilter;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardReason;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.cards.OperatorCards;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** EV cards, for operators: unmasked idTags and the whole idTag history. */
@RestController
@RequestMapping("/api/v1/operator/cards")
class OperatorCardsApi {

    private final CardService cards;
    private final CardLinkService links;
    private final OperatorCards changes;
    private final SessionOwnership sessions;
    private final AccountService accounts;
    private final Clock clock;

    OperatorCardsApi(
            CardService cards,
            CardLinkService links,
            OperatorCards changes,
            SessionOwnership sessions,
            AccountService accounts,
            Clock clock) {
        this.cards = cards;
        this.links = links;
        this.changes = changes;
        this.sessions = sessions;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param attachedSessions number of sessions that belong to the card
     */
    record Card(
            long id,
            String idTag,
            long driverId,
            String label,
            String colour,
            Instant from,
            Optional<Instant> until,
            String state,
            int attachedSessions) {}

    record Link(Optional<String> idTag, Optional<Long> driverId, Optional<String> label, Optional<Instant> from) {

        @Override
        public String toString() {
            return "Link";
        }
    }

    record Unlink(Optional<Instant> until) {}

    record Transfer(Optional<Long> driverId, Optional<Instant> from) {}

    /** Newest link first. */
    @GetMapping
    @Operation(summary = "All cards, last linked first")
    CursorPage<Card> list(
            @RequestParam Optional<String> idTag,
            @RequestParam Optional<String> driverId,
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit) {
        var wantedTag = idTag.map(IdTag::parse);
        var wantedDriver = driverId.map(PathIds::parse);
        var wantedState = state.map(OperatorCardsApi::state);
        var after = CursorPage.idIn(cursor).map(EvCardId::new);
        int most = CursorPage.limit(limit);
        if (Stream.of(wantedTag, wantedDriver)
                .anyMatch(wanted -> wanted.filter(Optional::isEmpty).isPresent())) {
            return new CursorPage<>(List.of(), Optional.empty());
        }
        var filter = new CardFilter(
                wantedTag.flatMap(tag -> tag),
                wantedDriver.flatMap(driver -> driver).map(AccountId::new),
                wantedState);
        var page = cards.page(filter, most, after);
        return new CursorPage<>(json(page.items()), page.next().map(id -> CursorPage.cursor(id.value())));
    }

    @PostMapping
    @Operation(summary = "Link an idTag to a driver")
    @ResponseStatus(HttpStatus.CREATED)
    Card link(@RequestBody Link link, @SignedInAccount Account operator) {
        var faults = new FaultCollector();
        var idTag = link.idTag().flatMap(IdTag::parse);
        faults.require(idTag.isPresent(), "idTag", CardReason.ID_TAG.with(IdTag.LONGEST));
        var driver = driver(link.driverId(), faults);
        faults.addAll(links.faults(link.label(), link.from()));
        faults.throwIfAny();
        return done(changes.link(operator.id(), idTag.orElseThrow(), driver.orElseThrow(), link.label(), link.from()));
    }

    @PostMapping("/{id}/unlink")
    @Operation(summary = "End an ownership")
    Card unlink(
            @PathVariable String id,
            @RequestBody(required = false) Optional<Unlink> unlink,
            @SignedInAccount Account operator) {
        return done(changes.unlink(operator.id(), existing(id), unlink.flatMap(Unlink::until)));
    }

    /** Returns the new driver's card. */
    @PostMapping("/{id}/transfer")
    @Operation(summary = "Transfer a card to another driver")
    Card transfer(@PathVariable String id, @RequestBody Transfer transfer, @SignedInAccount Account operator) {
        var card = existing(id);
        var faults = new FaultCollector();
        var driver = driver(transfer.driverId(), faults);
        faults.addAll(links.faults(Optional.empty(), transfer.from()));
        faults.throwIfAny();
        return done(changes.transfer(operator.id(), card, driver.orElseThrow(), transfer.from()));
    }

    private EvCardId existing(String id) {
        return cards.find(new EvCardId(PathIds.inPath(id))).map(EvCard::id).orElseThrow(NotFound::new);
    }

    private Optional<AccountId> driver(Optional<Long> id, FaultCollector faults) {
        var driver = id.map(AccountId::new).flatMap(accounts::findDriver).map(Account::id);
        faults.require(
                driver.isPresent(),
                "driverId",
                id.map(AccountReason.NO_DRIVER::with).orElseGet(AccountReason.DRIVER_MISSING::with));
        return driver;
    }

    private Card done(CardChange change) {
        return json(List.of(change.card())).getFirst();
    }

    private List<Card> json(List<EvCard> found) {
        var attached = sessions.attachedTo(found.stream().map(EvCard::id).toList());
        var now = clock.instant();
        return found.stream()
                .map(card -> new Card(
                        card.id().value(),
                        card.idTag().value(),
                        card.driver().value(),
                        card.label(),
                        card.colour(),
                        card.from(),
                        card.until(),
                        card.stateAt(now).name().toLowerCase(Locale.ROOT),
                        attached.getOrDefault(card.id(), 0)))
                .toList();
    }

    private static CardState state(String text) {
        return Stream.of(CardState.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadParameter("state", "one of active, lost, ended"));
    }
}
