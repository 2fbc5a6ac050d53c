package express.polaris.portal;

import express.polaris.sessions.ChargingSession;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session is called and how it stands.
 *
 * @param live SteVe still has the transaction open
 * @param lastReadingAt of the latest reading, whether or not it made an event
 */
public record SessionHead(long id, Status status, Optional<Note> note, boolean live, Optional<Instant> lastReadingAt) {

    /** How a session stands at this instant. */
    public static SessionHead of(ChargingSession session, Instant now) {
        return new SessionHead(
                session.id().value(),
                switch (session.status()) {
                    case IN_PROGRESS -> Status.IN_PROGRESS;
                    case COMPLETED -> Status.COMPLETED;
                },
                session.note(now).map(note -> switch (note) {
                    case CHARGING -> Note.CHARGING;
                    case IDLE -> Note.IDLE;
                    case SILENT -> Note.SILENT;
                    case STATION_CLOCK -> Note.STATION_CLOCK;
                    case CHECKING -> Note.CHECKING;
                    case AWAITING_FINAL_READING -> Note.AWAITING_FINAL_READING;
                }),
                session.isLive(),
                session.meter().lastReadingAt());
    }

    /** The same for an operator, who is the one that checks: what is disputed is marked otherwise. */
    public static SessionHead forOperator(ChargingSession session, Instant now) {
        var head = of(session, now);
        return new SessionHead(
                head.id(),
                head.status(),
                head.note().filter(note -> note != Note.CHECKING),
                head.live(),
                head.lastReadingAt());
    }

    public String href() {
        return "/sessions/" + id;
    }

    /** The badge. */
    public enum Status {
        IN_PROGRESS("bolt"),
        COMPLETED("check");

        private final String icon;

        Status(String icon) {
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }

        public String key() {
            return "session.status." + css();
        }

        /** As the JSON API and the filter name it. */
        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The note beside the badge. */
    public enum Note {
        CHARGING("bolt"),
        IDLE("pause"),
        SILENT("silent"),
        STATION_CLOCK("clock"),
        CHECKING("gauge"),
        AWAITING_FINAL_READING("clock");

        private final String icon;

        Note(String icon) {
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }

        /** The text of {@link #SILENT} takes the time of the last reading. */
        public String key() {
            return "session.note." + css();
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
