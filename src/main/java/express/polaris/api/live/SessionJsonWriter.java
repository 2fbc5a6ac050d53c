package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.metering.MeterEvent;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Converts sessions to JSON. The caller checks that they may be seen; card labels are those of the session's own
 * driver.
 */
@Component
public class SessionJsonWriter {

    private final SessionService sessions;
    private final EnergyDecisionService decisions;
    private final SessionCostService costs;
    private final InvoiceService invoices;
    private final ChargerService chargers;
    private final CardService cards;
    private final Clock clock;

    SessionJsonWriter(
            SessionService sessions,
            EnergyDecisionService decisions,
            SessionCostService costs,
            InvoiceService invoices,
            ChargerService chargers,
            CardService cards,
            Clock clock) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.costs = costs;
        this.invoices = invoices;
        this.chargers = chargers;
        this.cards = cards;
        this.clock = clock;
    }

    public SessionJson of(ChargingSession session) {
        return of(session, costs.of(session));
    }

    private SessionJson of(ChargingSession session, SessionCost cost) {
        return SessionJson.of(
                session,
                decisions.of(session),
                chargers.find(session.chargeBoxId()),
                session.driver().flatMap(driver -> session.card().flatMap(card -> cards.ofDriver(driver, card))),
                CostJson.of(cost),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()),
                clock.instant());
    }

    /** Converts a page of sessions in the same order, with a constant number of queries. */
    public List<SessionJson> of(List<ChargingSession> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var decided = decisions.of(page);
        var prices = costs.of(page);
        var numbers = invoices.ofSessions(page.stream().map(ChargingSession::id).toList());
        var places = chargers.list().stream().collect(Collectors.toMap(Charger::id, Function.identity()));
        var labels = cardsOf(page);
        return page.stream()
                .map(session -> SessionJson.of(
                        session,
                        Optional.ofNullable(decided.get(session.id())),
                        Optional.ofNullable(places.get(session.chargeBoxId())),
                        session.card().map(labels::get),
                        CostJson.of(Objects.requireNonNull(prices.get(session.id()))),
                        numbers.getOrDefault(session.id(), List.of()),
                        now))
                .toList();
    }

    /** Streams what each reading of the session added, oldest first. */
    public void forEachReading(ChargingSession session, Consumer<ReadingJson> action) {
        var prices = costs.ofEvents(session);
        var totals = new Totals(Energy.ZERO);
        sessions.forEachEvent(session.id(), event -> action.accept(totals.reading(event.event(), prices)));
    }

    /** A session and some of its readings, priced in one step. */
    record WithReadings(SessionJson session, List<ReadingJson> readings) {}

    /**
     * @param before total energy of the session's events before these
     */
    WithReadings withReadings(ChargingSession session, List<SyncedTransactionEvent> events, Energy before) {
        if (events.isEmpty()) {
            return new WithReadings(of(session), List.of());
        }
        var priced = costs.explained(session);
        var prices = priced.map(ExplainedCost::events).orElse(Map.of());
        var totals = new Totals(before);
        return new WithReadings(
                of(session, priced.map(ExplainedCost::cost).orElseGet(costs::unknown)),
                events.stream().map(row -> totals.reading(row.event(), prices)).toList());
    }

    /** Running total of the events' energy. */
    private static final class Totals {

        private Energy total;

        Totals(Energy before) {
            this.total = before;
        }

        ReadingJson reading(MeterEvent event, Map<Integer, Money> prices) {
            total = total.plus(event.delta());
            return ReadingJson.of(event, total, Optional.ofNullable(prices.get(event.position())));
        }
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
