package express.polaris.sync;

import express.polaris.chargers.RemoteStops;
import express.polaris.chargers.StopResult;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.Sessions;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransactionNotFound;
import express.polaris.steve.SteveUnavailable;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Closes a session that does not end by itself: asks the charger to stop, has SteVe close the transaction if that does
 * not help, and reads the end. A stop of the charger that comes later corrects it. Call it outside transactions; it takes
 * up to a minute.
 */
@Service
public class ForceClose {

    private static final Logger log = LoggerFactory.getLogger(ForceClose.class);

    /** How often SteVe is asked whether the charger that accepted has stopped, before SteVe is told to close. */
    private static final int LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final RemoteStops stops;
    private final SteveClient steve;
    private final SessionReader reader;

    ForceClose(Sessions sessions, RemoteStops stops, SteveClient steve, SessionReader reader) {
        this.sessions = sessions;
        this.stops = stops;
        this.steve = steve;
        this.reader = reader;
    }

    /** @param confirmZero close it also if it has no energy */
    public ForceCloseResult close(SessionId id, boolean confirmZero) {
        var found = sessions.find(id);
        if (found.isEmpty()) {
            return new ForceCloseResult.NotFound();
        }
        var session = found.get();
        if (!session.isLive()) {
            return new ForceCloseResult.NotActive();
        }
        if (!session.energy().isPositive() && !confirmZero) {
            return new ForceCloseResult.NeedsConfirmation();
        }
        return switch (stops.stop(session.chargeBoxId(), id.value())) {
            case StopResult.SteveDown() -> new ForceCloseResult.SteveDown();
            case StopResult.NotActive() -> {
                reader.read(id);
                yield new ForceCloseResult.NotActive();
            }
            case StopResult.Answered(var outcome) ->
                switch (outcome.kind()) {
                    case ACCEPTED ->
                        stopped(id) ? closed(id, "The charger has stopped") : closeInSteve(id, outcome.message());
                    case REJECTED, UNREACHABLE, TIMEOUT -> closeInSteve(id, outcome.message());
                };
        };
    }

    private ForceCloseResult closeInSteve(SessionId id, String chargersAnswer) {
        try {
            steve.stopTransaction(id.value());
        } catch (SteveTransactionNotFound e) {
            reader.read(id);
            return new ForceCloseResult.NotActive();
        } catch (SteveUnavailable e) {
            log.warn("SteVe does not close transaction {}: {}", id, e.getMessage());
            return new ForceCloseResult.SteveDown();
        }
        reader.read(id);
        return closed(id, chargersAnswer + "; SteVe has closed the transaction");
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

    private ForceCloseResult closed(SessionId id, String how) {
        var end = sessions.find(id)
                .filter(session -> session.status() == SessionStatus.COMPLETED)
                .map(session -> "The session ends with "
                        + session.energy().kilowattHours().setScale(3, RoundingMode.HALF_UP) + " kWh.")
                .orElse("The final reading follows.");
        return new ForceCloseResult.Closed(how + ". " + end);
    }
}
