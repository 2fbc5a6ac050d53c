package express.polaris.sync;

import express.polaris.sessions.StopForecasts.StopForecast;
import express.polaris.units.Energy;

/**
 * Predicted end of a session if SteVe closed it now. A charger that stops when asked sends a reading of its own, which
 * then counts instead.
 *
 * @param start register at the start
 * @param stop stop value that SteVe would set
 * @param shown energy shown before the close; differs from the recorded one if the meter was reset
 */
public record ForceClosePreview(Energy start, StopForecast stop, Energy shown) {

    /** Energy that would be recorded; negative if the meter was reset and is below the start value. */
    public Energy recorded() {
        return stop.register().minus(start);
    }

    /** Whether there is no energy to record, so that the operator has to confirm. */
    public boolean needsConfirmation() {
        return !recorded().isPositive();
    }
}
