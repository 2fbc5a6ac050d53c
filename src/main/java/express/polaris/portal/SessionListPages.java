package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.CurrentAccount;
import express.polaris.cards.Cards;
import express.polaris.cards.EvCard;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.chargers.Charger;
import express.polaris.chargers.Chargers;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCursor;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of a driver's sessions. What an address asks for and is no filter of ours does not narrow the list. */
@Controller
class SessionListPages {

    private static final int ROWS = 50;

    private final Sessions sessions;
    private final Prices prices;
    private final SessionViews views;
    private final Cards cards;
    private final Chargers chargers;
    private final PageKit kit;
    private final Clock clock;

    SessionListPages(
            Sessions sessions,
            Prices prices,
            SessionViews views,
            Cards cards,
            Chargers chargers,
            PageKit kit,
            Clock clock) {
        this.sessions = sessions;
        this.prices = prices;
        this.views = views;
        this.cards = cards;
        this.chargers = chargers;
        this.kit = kit;
        this.clock = clock;
    }

    @GetMapping("/sessions")
    ResponseEntity<byte[]> list(
            @RequestParam Map<String, String> query, @CurrentAccount Account account, CsrfToken csrf) {
        var filter = filter(query);
        var wanted = sessionFilter(filter, account.id(), account.timeZone());
        var slice = sessions.list(wanted, text(query, "cursor").flatMap(SessionCursor::parse), ROWS);
        var totals = sessions.totals(wanted);
        var cost = prices.sums().of(wanted);
        var own = cards.ofDriver(account.id());
        var boxes = sessions.chargeBoxesOf(account.id());
        var named = chargers.list().stream().collect(Collectors.toMap(Charger::id, Function.identity()));
        var page = new SessionListPage(
                kit.shells().of(account, csrf, "nav.sessions", Optional.empty()),
                clock.instant(),
                filter,
                new SessionListPage.Choices(cardChoices(own), chargerChoices(boxes, named)),
                rows(slice.sessions(), own, named),
                new SessionListPage.Totals(totals.sessions(), totals.energy(), cost.amounts(), cost.isComplete()),
                slice.next().map(SessionCursor::encoded));
        return kit.pages().render("sessions/list.jte", page);
    }

    private List<SessionListPage.Row> rows(
            List<ChargingSession> found, List<EvCard> own, Map<ChargeBoxId, Charger> named) {
        var now = clock.instant();
        var amounts = prices.costs().of(found);
        var labels = own.stream().collect(Collectors.toMap(EvCard::id, Function.identity()));
        return found.stream()
                .map(session -> new SessionListPage.Row(
                        views.head(session, now),
                        new SessionListPage.Span(session.startedAt(), session.duration(now)),
                        Optional.of(nameOf(session.chargeBoxId(), named)),
                        session.card()
                                .flatMap(card -> Optional.ofNullable(labels.get(card)))
                                .map(card -> new CardView(card.label(), card.colour())),
                        session.energy(),
                        session.isLive() ? session.meter().power() : session.averagePower(now),
                        views.sum(java.util.Objects.requireNonNull(amounts.get(session.id())))))
                .toList();
    }

    private static SessionListPage.Filter filter(Map<String, String> query) {
        return new SessionListPage.Filter(
                text(query, "status").flatMap(SessionListPages::status),
                text(query, "from").flatMap(SessionListPages::date),
                text(query, "to").flatMap(SessionListPages::date),
                text(query, "cardId"),
                text(query, "chargeBoxId"));
    }

    private static SessionFilter sessionFilter(SessionListPage.Filter filter, AccountId driver, ZoneId zone) {
        return SessionFilter.of(driver)
                .withStatus(filter.status().map(status -> switch (status) {
                    case IN_PROGRESS -> SessionStatus.IN_PROGRESS;
                    case COMPLETED -> SessionStatus.COMPLETED;
                }))
                .withStart(
                        filter.from().map(date -> startOf(date, zone)),
                        filter.to().map(date -> startOf(date.plusDays(1), zone)))
                .withCard(filter.cardId().map(SessionListPages::id))
                .withChargeBox(filter.chargeBoxId());
    }

    private static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static Optional<SessionHead.Status> status(String text) {
        return List.of(SessionHead.Status.values()).stream()
                .filter(status -> status.css().equals(text))
                .findFirst();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            var date = LocalDate.parse(text);
            boolean sensible = date.getYear() >= 1970 && date.getYear() <= 3000;
            return Optional.of(date).filter(ignored -> sensible);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A card that is no number is nobody's: it matches nothing. */
    private static long id(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static Optional<String> text(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static List<SessionListPage.Choice> cardChoices(List<EvCard> own) {
        return own.stream()
                .map(card -> new SessionListPage.Choice(String.valueOf(card.id().value()), card.label()))
                .toList();
    }

    private static List<SessionListPage.Choice> chargerChoices(
            List<ChargeBoxId> boxes, Map<ChargeBoxId, Charger> named) {
        return boxes.stream()
                .map(box -> new SessionListPage.Choice(box.value(), nameOf(box, named)))
                .toList();
    }

    private static String nameOf(ChargeBoxId box, Map<ChargeBoxId, Charger> named) {
        return Optional.ofNullable(named.get(box)).map(Charger::name).orElse(box.value());
    }
}
