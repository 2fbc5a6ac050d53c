package express.polaris.demo.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * Session at a simulated station, from plugging in to unplugging.
 *
 * @param stop planned end, known from the start because the future is simulated too
 * @param heardUntil the station sends no readings after this
 * @param startWattHours register at the start, in Wh
 * @param interval time between two readings
 */
public record SimulatedSession(
        Instant start, Instant stop, Instant heardUntil, long startWattHours, ChargingCurve curve, Duration interval) {

    /** Register at that instant, in Wh; constant before the start and after the stop. */
    public long wattHoursAt(Instant instant) {
        return startWattHours + curve.wattHoursAfter(elapsed(instant));
    }

    /** Register at the end of the session, in Wh. */
    public long stopWattHours() {
        return wattHoursAt(stop);
    }

    Duration elapsed(Instant instant) {
        var clipped = instant.isBefore(start) ? start : instant.isAfter(stop) ? stop : instant;
        return Duration.between(start, clipped);
    }

    /** Copy that ends at the given instant if that is before its stop; else unchanged. */
    SimulatedSession endingBy(Instant end) {
        return end.isBefore(stop)
                ? new SimulatedSession(start, end, heardUntil, startWattHours, curve, interval)
                : this;
    }

    /** Copy without readings after that instant. */
    SimulatedSession silentAfter(Instant lastHeard) {
        return new SimulatedSession(start, stop, lastHeard, startWattHours, curve, interval);
    }
}
