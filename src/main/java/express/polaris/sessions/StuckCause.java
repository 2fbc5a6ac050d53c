package express.polaris.sessions;

import java.util.Locale;

/** Why a session that is active in SteVe seems not to end by itself. The first that holds is the one that is told. */
public enum StuckCause {
    /** There were readings, and none for two hours. */
    SILENT,
    /** Two days old without any reading. */
    NO_READING,
    /** A newer charge began on its connector. */
    OVERTAKEN;

    /** As in keys of texts, e.g. {@code no_reading}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
