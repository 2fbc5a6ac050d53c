package express.polaris.metering;

import java.util.Locale;

/** What became of a row that could be read; the words are those of {@link RowOutcome#reason}. */
enum Fate {
    NO_EVENT,
    BEFORE_START,
    AFTER_STOP,
    HELD_UNTIL,
    OTHER_SERIES,
    PHASE_INCOMPLETE,
    DUPLICATE,
    SUPERSEDED,
    UNCHANGED,
    NOISE,
    OUTLIER,
    UNDECIDED,
    ENERGY,
    POWER,
    SOC,
    CLOSING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
