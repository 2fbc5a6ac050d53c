package express.polaris.console;

import express.polaris.portal.SessionHead;
import express.polaris.sessions.ChargingSession;
import java.time.Instant;

/** A session's badge and note, as the portal shows them. */
final class SessionHeads {

    private SessionHeads() {}

    static SessionHead of(ChargingSession session, Instant now) {
        return new SessionHead(
                session.id().value(),
                switch (session.status()) {
                    case IN_PROGRESS -> SessionHead.Status.IN_PROGRESS;
                    case COMPLETED -> SessionHead.Status.COMPLETED;
                },
                session.note(now).map(note -> switch (note) {
                    case CHARGING -> SessionHead.Note.CHARGING;
                    case IDLE -> SessionHead.Note.IDLE;
                    case SILENT -> SessionHead.Note.SILENT;
                    case AWAITING_FINAL_READING -> SessionHead.Note.AWAITING_FINAL_READING;
                }),
                session.isLive(),
                session.meter().lastReadingAt());
    }
}
