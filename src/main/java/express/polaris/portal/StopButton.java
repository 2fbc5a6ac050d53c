package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.RemoteStopService;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sends a remote stop for a session and reports its outcome. */
@Component
public class StopButton {

    private static final String ACCEPTED = "accepted";
    private static final String NOT_ACTIVE = "notActive";
    private static final String ID_REUSED = "idReused";
    private static final String UNAVAILABLE = "unavailable";

    private final RemoteStopService stops;
    private final CardService cards;
    private final SessionService sessions;

    StopButton(RemoteStopService stops, CardService cards, SessionService sessions) {
        this.stops = stops;
        this.cards = cards;
        this.sessions = sessions;
    }

    /** Whether to offer the stop: the session is live and the driver seems to own its card now. */
    public boolean isOffered(ChargingSession session, AccountId driver) {
        return session.isLive()
                && session.card().filter(card -> cards.seemsOpen(driver, card)).isPresent();
    }

    /**
     * Sends the remote stop.
     *
     * @return name of the outcome, for the URL of the next page
     * @throws NotFound if the driver does not own the session's card
     */
    public String press(ChargingSession session, AccountId driver) {
        if (session.card().flatMap(card -> cards.openCard(driver, card)).isEmpty()) {
            throw new NotFound();
        }
        if (!session.isLive()) {
            return NOT_ACTIVE;
        }
        if (sessions.hasReusedId(session.id())) {
            return ID_REUSED;
        }
        try {
            return switch (stops.stop(session.chargeBoxId(), session.id().value())
                    .kind()) {
                case ACCEPTED -> ACCEPTED;
                case REJECTED -> "rejected";
                case UNREACHABLE -> "unreachable";
                case TIMEOUT -> "timeout";
            };
        } catch (Conflict notActive) {
            return NOT_ACTIVE;
        } catch (Unavailable steveDown) {
            return UNAVAILABLE;
        }
    }

    /** Notice for an outcome; empty if the outcome is unknown. */
    Optional<Shell.Notice> notice(String outcome, Account account) {
        return tone(outcome)
                .map(tone -> new Shell.Notice(tone, Texts.of(account.locale()).get("stop." + outcome)));
    }

    /** Notice on the page of a session. An accepted stop announces the end, so it has no notice after the end. */
    Optional<Shell.Notice> notice(String outcome, Account account, ChargingSession session) {
        return outcome.equals(ACCEPTED) && !session.isLive() ? Optional.empty() : notice(outcome, account);
    }

    private static Optional<Shell.Tone> tone(String outcome) {
        return switch (outcome) {
            case ACCEPTED -> Optional.of(Shell.Tone.SUCCESS);
            case NOT_ACTIVE -> Optional.of(Shell.Tone.INFO);
            case "rejected", "unreachable", "timeout", ID_REUSED, UNAVAILABLE -> Optional.of(Shell.Tone.WARNING);
            default -> Optional.empty();
        };
    }
}
