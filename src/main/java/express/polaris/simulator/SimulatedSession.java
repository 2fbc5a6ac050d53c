package express.polaris.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * One charge at a simulated station, from plug in to plug out.
 *
 * @param stop when it ends, known from the beginning because the future is simulated too
 * @param heardUntil the station sends no reading after this
 * @param startWattHours the register at the start
 * @param interval between two readings
 */
public record SimulatedSession(
        Instant start, Instant stop, Instant heardUntil, long startWattHours, ChargingCurve curve, Duration interval) {

    /** The register at that instant; before the start and after the stop it stands still. */
    public long wattHoursAt(Instant instant) {
        return startWattHours + curve.wattHoursAfter(elapsed(instant));
    }

    /** The register when the session ends. */
    public long stopWattHours() {
        return wattHoursAt(stop);
    }

    Duration elapsed(Instant instant) {
        var clipped = instant.isBefore(start) ? start : instant.isAfter(stop) ? stop : instant;
        return Duration.between(start, clipped);
    }

    /** The same session, ending earlier. A later end changes nothing. */
    SimulatedSession endingBy(Instant end) {
        return end.isBefore(stop)
                ? new SimulatedSession(start, end, heardUntil, startWattHours, curve, interval)
                : this;
    }

    /** The same session, of which nothing is heard after that instant. */
    SimulatedSession silentAfter(Instant lastHeard) {
        return new SimulatedSession(start, stop, lastHeard, startWattHours, curve, interval);
    }
}
