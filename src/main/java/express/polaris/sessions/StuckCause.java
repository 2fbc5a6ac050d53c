package express.polaris.sessions;

import java.util.Locale;

/** Why a live session counts as stuck. If several causes apply, the first one is reported. */
public enum StuckCause {
    /** There were readings, but none for two hours. */
    SILENT,
    /** The session is two days old and has no reading. */
    NO_READING,
    /** A newer session started on its connector. */
    OVERTAKEN;

    /** As in message keys, e.g. {@code no_reading}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
