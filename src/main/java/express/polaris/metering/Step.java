package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An event in the making.
 *
 * @param reading the reading that made it; none for a closing event without a {@code Transaction.End} reading
 * @param previousReadingAt the energy reading that its power is derived against
 * @param derivedPower of the last two energy readings, where that says something
 */
record Step(
        Kind kind,
        Instant at,
        Energy from,
        Energy to,
        Energy delta,
        Set<ReadingFlag> flags,
        Optional<MeterReading> reading,
        Instant previousReadingAt,
        Optional<Power> derivedPower) {

    enum Kind {
        ENERGY("energy"),
        END("energy"),
        POWER_ONLY("power"),
        CLOSING("closing");

        private final String outcome;

        Kind(String outcome) {
            this.outcome = outcome;
        }

        /** What is said of the rows that made such an event. */
        String outcome() {
            return outcome;
        }
    }

    boolean isEmpty() {
        return delta.isZero() && flags.isEmpty();
    }
}
