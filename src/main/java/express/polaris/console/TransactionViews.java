package express.polaris.console;

import express.polaris.billing.ExplainedCost;
import express.polaris.cards.CardLabel;
import express.polaris.cards.Cards;
import express.polaris.chargers.Charger;
import express.polaris.chargers.Chargers;
import express.polaris.portal.SessionHead;
import express.polaris.problems.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionStop;
import express.polaris.sessions.Sessions;
import express.polaris.sessions.StuckCause;
import express.polaris.sync.SessionReadings;
import express.polaris.sync.TransactionSyncs;
import express.polaris.web.Shell;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts together what is known of one transaction. */
@Component
class TransactionViews {

    private final Sessions sessions;
    private final SyncSources sync;
    private final TransactionMoney money;
    private final TransactionStories stories;
    private final Chargers chargers;
    private final Cards cards;
    private final Clock clock;

    TransactionViews(
            Sessions sessions,
            SyncSources sync,
            TransactionMoney money,
            TransactionStories stories,
            Chargers chargers,
            Cards cards,
            Clock clock) {
        this.sessions = sessions;
        this.sync = sync;
        this.money = money;
        this.stories = stories;
        this.chargers = chargers;
        this.cards = cards;
        this.clock = clock;
    }

    /** What sync knows of a transaction. */
    @Component
    record SyncSources(TransactionSyncs syncs, SessionReadings readings) {}

    /** @param form what was typed into a form that was refused */
    TransactionPage of(
            ChargingSession session, Shell shell, TransactionPage.Form form, boolean allEvents, boolean allReadings) {
        var id = session.id();
        var events = sessions.timeline(id);
        var cost = money.explained(session);
        var told = stories.of(id);
        var stuck = sessions.stuck(List.of(id));
        return new TransactionPage(
                shell,
                SessionHead.of(session, clock.instant()),
                TransactionSearch.marks(session, stuck, sessions.withReusedId(List.of(id))),
                derivation(session, Optional.ofNullable(stuck.get(id))),
                facts(session),
                sync.syncs().of(id).orElseThrow(NotFound::new),
                session.revision(),
                money.view(session, cost),
                TransactionEvents.timeline(
                        session, events, cost.map(ExplainedCost::events).orElseGet(Map::of), allEvents, shell.format()),
                TransactionEvents.readings(sync.readings().of(id).orElseThrow(NotFound::new), events, allReadings),
                told.notes(),
                told.audit(),
                form,
                allEvents,
                allReadings);
    }

    private static TransactionPage.Derivation derivation(ChargingSession session, Optional<StuckCause> stuck) {
        return new TransactionPage.Derivation(
                session.isLive(),
                session.isFinal(),
                session.stop().map(SessionStop::at),
                session.goneFromSteveAt(),
                session.lastMeasuredAt(),
                session.closingFault(),
                stuck,
                session.meter().lastReadingAt());
    }

    private TransactionPage.Facts facts(ChargingSession session) {
        return new TransactionPage.Facts(
                stories.person(session.driver()),
                session.driver()
                        .flatMap(driver -> session.card().flatMap(card -> cards.label(driver, card)))
                        .map(CardLabel::label),
                session.idTag().value(),
                session.chargeBoxId().value(),
                chargers.find(session.chargeBoxId())
                        .map(Charger::name)
                        .filter(name -> !name.isBlank()
                                && !name.equals(session.chargeBoxId().value())),
                session.connectorId(),
                session.startedAt(),
                session.stop().map(SessionStop::at),
                session.stop().flatMap(SessionStop::reason),
                session.stop().flatMap(SessionStop::actor),
                session.startValue(),
                session.stop().flatMap(SessionStop::value),
                session.energy(),
                session.duration(clock.instant()),
                session.averagePower(clock.instant()));
    }
}
