package express.polaris.sync;

import express.polaris.sessions.StopForecasts.StopForecast;
import express.polaris.units.Energy;

/**
 * What a session would end with if SteVe closed it now. A charger that stops when it is asked sends a reading of its own,
 * which then counts instead.
 *
 * @param start the register at the start
 * @param stop what SteVe would take for the stop value
 * @param shown the energy that is shown today; another than would be recorded where the meter was reset meanwhile
 */
public record ForceClosePreview(Energy start, StopForecast stop, Energy shown) {

    /** What would be recorded; negative where the meter was reset and stands below the start. */
    public Energy recorded() {
        return stop.register().minus(start);
    }

    /** There is no energy to record, which needs a second look. */
    public boolean needsConfirmation() {
        return !recorded().isPositive();
    }
}
