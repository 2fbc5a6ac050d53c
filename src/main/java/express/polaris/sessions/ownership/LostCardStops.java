package express.polaris.sessions.ownership;

import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStarted;
import express.polaris.sessions.ownership.OwedStopRepository.OwedStop;
import express.polaris.stations.cards.CardReportedLost;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.RemoteStopService;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Stops the live sessions of a lost card. The stop request is stored together with the report and repeated at growing
 * intervals until the session ends, so that an unreachable charger only delays the stop. Safe on several nodes: each
 * request is claimed by one of them.
 */
@Component
class LostCardStops implements AutoCloseable {

    private static final int AT_A_TIME = 20;

    private final OwedStopRepository owed;
    private final SessionService sessions;
    private final CardService cards;
    private final RemoteStopService stops;
    private final AuditLog audit;
    private final Clock clock;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    LostCardStops(
            OwedStopRepository owed,
            SessionService sessions,
            CardService cards,
            RemoteStopService stops,
            AuditLog audit,
            Clock clock) {
        this.owed = owed;
        this.sessions = sessions;
        this.cards = cards;
        this.stops = stops;
        this.audit = audit;
        this.clock = clock;
    }

    /** Runs in the transaction of the report. */
    @EventListener
    void on(CardReportedLost event) {
        owed.owe(event.card(), clock.instant());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void afterwards(CardReportedLost event) {
        calls.execute(this::stopDue);
    }

    /** Handles a session that started before SteVe blocked the card and was discovered later. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(SessionStarted event) {
        sessions.find(event.id())
                .filter(ChargingSession::isLive)
                .flatMap(ChargingSession::card)
                .flatMap(cards::find)
                .filter(card -> card.isLost())
                .ifPresent(card -> calls.execute(() -> {
                    owed.owe(card.id(), clock.instant());
                    stopDue();
                }));
    }

    @Scheduled(fixedDelayString = "PT15S")
    void repeat() {
        owed.settleEnded();
        stopDue();
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }

    private void stopDue() {
        var now = clock.instant();
        for (var due : owed.claimDue(now, AT_A_TIME)) {
            calls.execute(() -> stop(due));
        }
    }

    private String asked(OwedStop due) {
        try {
            var answer = stops.stop(due.chargeBoxId(), due.session().value());
            return answer.kind().name().toLowerCase(Locale.ROOT);
        } catch (Conflict notActive) {
            return "not_active";
        } catch (Unavailable steveDown) {
            return "steve_down";
        }
    }

    private void stop(OwedStop due) {
        var outcome = sessions.hasReusedId(due.session()) ? "id_reused" : asked(due);
        audit.record(
                Optional.empty(),
                "session.stop",
                "session " + due.session(),
                Map.of("reason", "card reported lost", "outcome", outcome));
    }
}
