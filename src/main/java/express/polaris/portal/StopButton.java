package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.cards.Cards;
import express.polaris.chargers.RemoteStops;
import express.polaris.documents.Texts;
import express.polaris.problems.Conflict;
import express.polaris.problems.NotFound;
import express.polaris.problems.Unavailable;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.Sessions;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks the charger to end a session, and says in words what came of it. */
@Component
class StopButton {

    private static final String NOT_ACTIVE = "notActive";
    private static final String ID_REUSED = "idReused";
    private static final String UNAVAILABLE = "unavailable";

    private final RemoteStops stops;
    private final Cards cards;
    private final Sessions sessions;

    StopButton(RemoteStops stops, Cards cards, Sessions sessions) {
        this.stops = stops;
        this.cards = cards;
        this.sessions = sessions;
    }

    /** Whether the driver may be shown the button. */
    boolean isOffered(ChargingSession session, AccountId driver) {
        return session.isLive()
                && session.card().filter(card -> cards.seemsOpen(driver, card)).isPresent();
    }

    /**
     * Asks the charger.
     *
     * @return the outcome's name, for the address of the page that follows
     * @throws NotFound when the card is not the driver's any more
     */
    String press(ChargingSession session, AccountId driver) {
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
                case ACCEPTED -> "accepted";
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

    /** The outcome in words; empty for anything that is no outcome. */
    Optional<Shell.Notice> notice(String outcome, Account account) {
        return tone(outcome)
                .map(tone -> new Shell.Notice(tone, Texts.of(account.locale()).get("stop." + outcome)));
    }

    private static Optional<Shell.Tone> tone(String outcome) {
        return switch (outcome) {
            case "accepted" -> Optional.of(Shell.Tone.SUCCESS);
            case NOT_ACTIVE -> Optional.of(Shell.Tone.INFO);
            case "rejected", "unreachable", "timeout", ID_REUSED, UNAVAILABLE -> Optional.of(Shell.Tone.WARNING);
            default -> Optional.empty();
        };
    }
}
