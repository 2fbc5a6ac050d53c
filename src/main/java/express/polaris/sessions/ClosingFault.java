package express.polaris.sessions;

import express.polaris.units.Energy;
import java.util.Locale;
import java.util.Optional;

/** Why what SteVe says about a closed transaction cannot close its session. */
public enum ClosingFault {

    /** There is no stop value, or none that is a number of Wh. */
    MISSING,

    /** The stop value is below the start value. */
    BELOW_START;

    /** @param stopValue of a transaction that could not be closed with it */
    static ClosingFault of(Optional<Energy> stopValue) {
        return stopValue.isPresent() ? BELOW_START : MISSING;
    }

    /** As in the database and in the keys of texts: {@code below_start}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
