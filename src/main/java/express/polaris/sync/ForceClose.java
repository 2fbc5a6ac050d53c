package express.polaris.sync;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.StopForecasts;
import express.polaris.stations.chargers.ChargerReason;
import express.polaris.stations.chargers.CommandOutcome;
import express.polaris.stations.chargers.RemoteStopService;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransactionNotFound;
import express.polaris.steve.SteveUnavailable;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Force-close of a stuck session: asks the charger to stop, has SteVe close the transaction if
 * that does not help, and reads the end. A later stop from the charger corrects it. Everything that may have reached
 * the charger is recorded in the audit log. Call it outside transactions; it takes up to a minute.
 */
@Service
public class ForceClose {

    private static final Logger log = LoggerFactory.getLogger(ForceClose.class);

    /**
     * How often a session is read to see whether the charger that accepted has stopped, before SteVe closes the
     * transaction.
     */
    private static final int LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final SessionService sessions;
    private final RemoteStopService stops;
    private final SteveClient steve;
    private final SessionReader reader;
    private final StopForecasts forecasts;
    private final AuditLog audit;

    ForceClose(
            SessionService sessions,
            RemoteStopService stops,
            SteveClient steve,
            SessionReader reader,
            StopForecasts forecasts,
            AuditLog audit) {
        this.sessions = sessions;
        this.stops = stops;
        this.steve = steve;
        this.reader = reader;
        this.forecasts = forecasts;
        this.audit = audit;
    }

    /** Preview of what would be recorded; empty for a session that is not live. */
    public Optional<ForceClosePreview> preview(SessionId id) {
        return sessions.find(id).filter(ChargingSession::isLive).map(this::preview);
    }

    private ForceClosePreview preview(ChargingSession session) {
        return new ForceClosePreview(session.startValue(), forecasts.of(session), session.energy());
    }

    /**
     * Force-closes the session.
     *
     * @param reason in the operator's words
     * @param confirmZero close it even if there is no energy to record
     * @throws NotFound if there is no such session
     * @throws Conflict if the session is no longer active in SteVe, if SteVe has another transaction under its id,
     *     which would be closed instead, or if it has no energy and that is not confirmed
     * @throws Unavailable if SteVe gave no answer; the charger may have received the request
     */
    public ForceCloseOutcome close(AccountId operator, SessionId id, String reason, boolean confirmZero) {
        var session = closable(id, confirmZero);
        try {
            var charger = ask(session);
            var closed = charger.kind() == CommandOutcome.Kind.ACCEPTED && stopped(id)
                    ? Optional.of(closed(
                            id, ForceCloseOutcome.By.CHARGER, charger.kind(), "The charger stopped the transaction"))
                    : closeInSteve(id, charger);
            note(
                    operator,
                    id,
                    reason,
                    closed.map(ForceCloseOutcome::message)
                            .orElse(charger.message() + "; the transaction was no longer active in SteVe"));
            return closed.orElseThrow(() -> notActive(id));
        } catch (Unavailable steveDown) {
            note(operator, id, reason, "SteVe gave no answer");
            throw steveDown;
        }
    }

    private void note(AccountId operator, SessionId id, String reason, String result) {
        audit.record(
                Optional.of(operator),
                "session.force-close",
                "session " + id,
                Map.of("reason", reason, "result", result));
    }

    /** Refuses a close before anything is sent. */
    private ChargingSession closable(SessionId id, boolean confirmZero) {
        var session = sessions.find(id).orElseThrow(NotFound::new);
        if (!session.isLive()) {
            throw notActive(id);
        }
        if (sessions.hasReusedId(id)) {
            throw new Conflict(SyncCommandReason.ID_REUSED.with(id));
        }
        if (preview(session).needsConfirmation() && !confirmZero) {
            throw new Conflict(SyncCommandReason.ZERO_ENERGY.with(id));
        }
        return session;
    }

    private CommandOutcome ask(ChargingSession session) {
        try {
            return stops.stop(session.chargeBoxId(), session.id().value());
        } catch (Conflict notActive) {
            reader.read(session.id());
            throw notActive;
        }
    }

    /** Empty if the transaction is no longer active in SteVe. */
    private Optional<ForceCloseOutcome> closeInSteve(SessionId id, CommandOutcome charger) {
        try {
            steve.stopTransaction(id.value());
        } catch (SteveTransactionNotFound e) {
            reader.read(id);
            return Optional.empty();
        } catch (SteveUnavailable e) {
            log.warn("SteVe did not close transaction {}: {}", id, e.getMessage());
            throw new Unavailable(ChargerReason.STEVE_DOWN.with());
        }
        reader.read(id);
        return Optional.of(closed(
                id, ForceCloseOutcome.By.STEVE, charger.kind(), charger.message() + "; SteVe closed the transaction"));
    }

    private static Conflict notActive(SessionId id) {
        return new Conflict(SessionReason.NOT_ACTIVE.with(id));
    }

    private boolean stopped(SessionId id) {
        for (int look = 0; look < LOOKS; look++) {
            if (look > 0) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            reader.read(id);
            if (sessions.find(id).filter(ChargingSession::isLive).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private ForceCloseOutcome closed(SessionId id, ForceCloseOutcome.By by, CommandOutcome.Kind charger, String how) {
        var end = sessions.find(id)
                .filter(session -> session.status() == SessionStatus.COMPLETED)
                .map(session -> "The session ends with "
                        + session.energy().kilowattHours().setScale(3, RoundingMode.HALF_UP) + " kWh.")
                .orElse("The final reading follows.");
        return new ForceCloseOutcome(by, charger, how + ". " + end);
    }
}
