package express.polaris.console.transactions;

import express.polaris.billing.cost.ExplainedCost;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterStop;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.StuckCause;
import express.polaris.sync.SessionReadings;
import express.polaris.sync.TransactionSyncReader;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Builds the page of a transaction. */
@Component
class TransactionPageBuilder {

    private final SessionService sessions;
    private final TransactionSyncReader syncs;
    private final SessionReadings readings;
    private final TransactionMoney money;
    private final TransactionFactsReader facts;
    private final TransactionStories stories;
    private final EnergyViewBuilder energies;
    private final Snapshot snapshot;
    private final Clock clock;

    TransactionPageBuilder(
            SessionService sessions,
            TransactionSyncReader syncs,
            SessionReadings readings,
            TransactionMoney money,
            TransactionFactsReader facts,
            TransactionStories stories,
            EnergyViewBuilder energies,
            Snapshot snapshot,
            Clock clock) {
        this.sessions = sessions;
        this.syncs = syncs;
        this.readings = readings;
        this.money = money;
        this.facts = facts;
        this.stories = stories;
        this.energies = energies;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /** Windows of the two long tables. */
    record Windows(RowWindow events, RowWindow readings) {

        static final Windows LATEST = parse("", "");

        private static final int SHOWN = 50;
        private static final int MOST = 200;

        static Windows parse(String events, String readings) {
            return new Windows(RowWindow.parse(events, SHOWN, MOST), RowWindow.parse(readings, SHOWN, MOST));
        }
    }

    /**
     * @param form rejected form to redisplay
     */
    TransactionPage of(ChargingSession found, Shell shell, TransactionPage.Form form, Windows windows) {
        var id = found.id();
        // Read first and without a connection: readings take most of the memory and may have to wait for it.
        var readings = readings(found, windows.readings(), windows.events().of(sessions.eventCount(id)));
        return snapshot.of(() -> of(sessions.find(id).orElseThrow(NotFound::new), readings, shell, form, windows));
    }

    private TransactionPage of(
            ChargingSession session,
            TransactionPage.Readings readings,
            Shell shell,
            TransactionPage.Form form,
            Windows windows) {
        var id = session.id();
        var cost = money.explained(session);
        var told = stories.of(id);
        var timeline = timeline(session, cost, windows.events(), shell);
        var stuck = sessions.stuck(List.of(id));
        return new TransactionPage(
                shell,
                SessionHead.forOperator(session, clock.instant()),
                TransactionSearch.marks(session, stuck, sessions.withReusedId(List.of(id))),
                derivation(session, Optional.ofNullable(stuck.get(id))),
                facts.of(session),
                syncs.of(id).orElseThrow(NotFound::new),
                session.revision(),
                money.view(session, cost, shell.texts(), shell.format()),
                energies.of(session, evidence(session), shell.texts(), shell.format()),
                timeline,
                readings,
                told.notes(),
                told.audit(),
                form);
    }

    private List<MeterEvent> evidence(ChargingSession session) {
        var evidence = new DisputeEvidence(session, 0);
        if (session.energies().dispute().isPresent()) {
            sessions.forEachEvent(session.id(), evidence::add);
        }
        return evidence.events();
    }

    private TransactionPage.Timeline timeline(
            ChargingSession session, Optional<ExplainedCost> cost, RowWindow window, Shell shell) {
        var timeline = new TransactionEvents(
                session,
                window.of(sessions.eventCount(session.id())),
                cost.map(ExplainedCost::events).orElseGet(Map::of));
        sessions.forEachEvent(session.id(), timeline::add);
        return timeline.view(shell.format());
    }

    private TransactionPage.Readings readings(ChargingSession session, RowWindow window, RowWindow.Shown events) {
        var slice = new SessionReadings.Slice.Before(window.before(), window.limit());
        SessionReadings.Page page;
        try {
            page = readings.of(session.id(), slice).orElseThrow(NotFound::new);
        } catch (SessionReadings.Busy e) {
            return TransactionReadings.busy(window.of(0));
        }
        var positions =
                page.rows().stream().flatMap(row -> row.became().stream()).toList();
        return TransactionReadings.of(
                page,
                window.of(page.total()),
                sessions.energyAdded(session.id(), positions),
                events,
                TransactionListPage.Filter.PATH + "/" + session.id());
    }

    private static TransactionPage.Derivation derivation(ChargingSession session, Optional<StuckCause> stuck) {
        return new TransactionPage.Derivation(
                session.isLive(),
                session.isFinal(),
                session.stop().map(MeterStop::at),
                session.goneFromSteveAt(),
                session.lastMeasuredAt(),
                session.closingFault(),
                stuck,
                session.meter().lastReadingAt());
    }
}
