package express.polaris.sessions;

import express.polaris.units.Energy;
import java.util.Locale;
import java.util.Optional;

/** Why the stop value of a closed transaction cannot close its session. */
public enum ClosingFault {

    /** The stop value is missing or not a number of Wh. */
    MISSING,

    /** The stop value is below the start value. */
    BELOW_START;

    /**
     * @param stopValue stop value of a transaction that it could not close
     */
    public static ClosingFault of(Optional<Energy> stopValue) {
        return stopValue.isPresent() ? BELOW_START : MISSING;
    }

    /** Name in the database and in text keys, e.g. {@code below_start}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
