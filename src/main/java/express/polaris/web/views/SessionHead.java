package express.polaris.web.views;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.ChargingSession;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Id and status of a session.
 *
 * @param live whether the transaction is still open in SteVe
 * @param lastReadingAt time of the latest reading, whether or not it became an event
 */
public record SessionHead(long id, Status status, Optional<Note> note, boolean live, Optional<Instant> lastReadingAt) {

    /** Status of a session at this instant. */
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

    /**
     * For operators: omits the note that an operator is checking the session; pages for operators mark a dispute
     * differently.
     */
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

    /** Text of the note, with the time of the latest reading where the text takes one; empty without a note. */
    public Optional<String> noteText(Texts texts, Format format) {
        return note.map(it -> it == Note.SILENT && lastReadingAt.isEmpty()
                ? texts.get("session.note.silent.never")
                : texts.get(it.key(), lastReadingAt.map(format::time).orElse(Format.MISSING)));
    }

    /** Badge. */
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

        /** Name in the JSON API and in filters. */
        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Note beside the badge. */
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

        /** Text key. The text of {@link #SILENT} takes the time of the last reading. */
        public String key() {
            return "session.note." + css();
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
