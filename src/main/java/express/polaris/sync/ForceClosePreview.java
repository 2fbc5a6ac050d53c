package express.polaris.sync;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * What a session would end with if SteVe closed it now: the last reading less the start. A charger that stops when it is
 * asked sends a reading of its own, which then counts instead.
 *
 * @param start the register at the start
 * @param lastReading the register at the latest event; the start's where there is none
 * @param readAt when that was measured
 * @param shown the energy that is shown today; more than what would be recorded where the meter was reset meanwhile
 */
public record ForceClosePreview(Energy start, Energy lastReading, Optional<Instant> readAt, Energy shown) {

    /** What would be recorded; negative where the meter was reset and stands below the start. */
    public Energy recorded() {
        return lastReading.minus(start);
    }

    /** There is no energy to record, which needs a second look. */
    public boolean needsConfirmation() {
        return !recorded().isPositive();
    }
}
