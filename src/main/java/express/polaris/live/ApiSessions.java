package express.polaris.live;

import express.polaris.accounts.AccountId;
import express.polaris.billing.Invoices;
import express.polaris.billing.SessionCosts;
import express.polaris.cards.Cards;
import express.polaris.cards.EvCard;
import express.polaris.cards.EvCardId;
import express.polaris.chargers.Charger;
import express.polaris.chargers.Chargers;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.Sessions;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Says sessions in JSON. Whoever asks has established that the sessions may be seen; labels of cards are those of the
 * session's own driver.
 */
@Component
public class ApiSessions {

    private final Sessions sessions;
    private final SessionCosts costs;
    private final Invoices invoices;
    private final Chargers chargers;
    private final Cards cards;
    private final Clock clock;

    ApiSessions(Sessions sessions, SessionCosts costs, Invoices invoices, Chargers chargers, Cards cards, Clock clock) {
        this.sessions = sessions;
        this.costs = costs;
        this.invoices = invoices;
        this.chargers = chargers;
        this.cards = cards;
        this.clock = clock;
    }

    public ApiSession of(ChargingSession session) {
        return ApiSession.of(
                session,
                chargers.find(session.chargeBoxId()),
                session.driver().flatMap(driver -> session.card().flatMap(card -> cards.ofDriver(driver, card))),
                ApiCost.of(costs.of(session)),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()),
                clock.instant());
    }

    /** In the same order; as many as a page has, with a handful of queries. */
    public List<ApiSession> of(List<ChargingSession> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var prices = costs.of(page);
        var numbers = invoices.ofSessions(page.stream().map(ChargingSession::id).toList());
        var places = chargers.list().stream().collect(Collectors.toMap(Charger::id, Function.identity()));
        var labels = cardsOf(page);
        return page.stream()
                .map(session -> ApiSession.of(
                        session,
                        Optional.ofNullable(places.get(session.chargeBoxId())),
                        session.card().map(labels::get),
                        ApiCost.of(Objects.requireNonNull(prices.get(session.id()))),
                        numbers.getOrDefault(session.id(), List.of()),
                        now))
                .toList();
    }

    /** Oldest first. */
    public List<ApiReading> timeline(ChargingSession session) {
        return readings(session, sessions.timeline(session.id()), Energy.ZERO);
    }

    /** @param before the energy of the session's events that come before these */
    List<ApiReading> readings(ChargingSession session, List<SyncedTransactionEvent> events, Energy before) {
        if (events.isEmpty()) {
            return List.of();
        }
        var prices = costs.ofEvents(session);
        var readings = new ArrayList<ApiReading>(events.size());
        var total = before;
        for (var event : events) {
            total = total.plus(event.delta());
            readings.add(ApiReading.of(event, total, Optional.ofNullable(prices.get(event.position()))));
        }
        return List.copyOf(readings);
    }

    private Map<EvCardId, EvCard> cardsOf(List<ChargingSession> page) {
        var known = new HashMap<EvCardId, EvCard>();
        page.stream()
                .filter(session -> session.card().isPresent())
                .flatMap(session -> session.driver().stream())
                .distinct()
                .forEach((AccountId driver) -> cards.ofDriver(driver).forEach(card -> known.put(card.id(), card)));
        return known;
    }
}
