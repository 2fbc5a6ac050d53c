package express.polaris.metering;

import java.util.Locale;

/** Outcome of a readable row; the names are those of {@link RowOutcome#reason}. */
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
