package express.polaris.demo.simulator;

import java.time.Duration;

/**
 * Charging curve of a car: 30 s of ramp, a plateau up to 80 % state of charge, an exponential taper, and zero once the
 * taper is down to a tenth. A pure function of the time since the start.
 *
 * @param peakWatts W on the plateau
 * @param plateau duration of the plateau
 * @param taper time in which the power falls by the factor e
 * @param startSoc state of charge at the start, in percent, below 80
 */
public record ChargingCurve(long peakWatts, Duration plateau, Duration taper, int startSoc) {

    private static final double RAMP_SECONDS = 30;
    private static final double IDLE_BELOW_SHARE = 0.1;
    private static final int TAPER_SOC = 80;
    private static final int FULL_SOC = 100;
    private static final double SECONDS_PER_HOUR = 3600;

    public ChargingCurve {
        if (startSoc < 0 || startSoc >= TAPER_SOC) {
            throw new IllegalArgumentException("A curve starts at 0 to 79 % state of charge, not " + startSoc);
        }
    }

    /** Energy since the start in Wh, rounded down as a register does. */
    public long wattHoursAfter(Duration elapsed) {
        return (long) Math.floor(energy(seconds(elapsed)));
    }

    /** Power in W at that time. */
    public long wattsAfter(Duration elapsed) {
        return Math.round(power(seconds(elapsed)));
    }

    /** State of charge in percent at that time. */
    public int stateOfChargeAfter(Duration elapsed) {
        double charged = energy(seconds(elapsed));
        double untilTaper = energy(taperStart());
        double inTaper = peakWatts * seconds(taper) / SECONDS_PER_HOUR;
        double soc = charged <= untilTaper
                ? startSoc + (TAPER_SOC - startSoc) * charged / untilTaper
                : TAPER_SOC + (FULL_SOC - TAPER_SOC) * (charged - untilTaper) / inTaper;
        return (int) Math.floor(soc);
    }

    private double power(double t) {
        if (t < 0 || t >= idleStart()) {
            return 0;
        }
        if (t < RAMP_SECONDS) {
            return peakWatts * t / RAMP_SECONDS;
        }
        return t < taperStart() ? peakWatts : peakWatts * StrictMath.exp(-(t - taperStart()) / seconds(taper));
    }

    private double energy(double elapsed) {
        double t = Math.clamp(elapsed, 0, idleStart());
        double ramp = Math.min(t, RAMP_SECONDS);
        double wattSeconds = peakWatts * ramp * ramp / (2 * RAMP_SECONDS);
        wattSeconds += peakWatts * Math.max(0, Math.min(t, taperStart()) - RAMP_SECONDS);
        if (t > taperStart()) {
            wattSeconds += peakWatts * seconds(taper) * (1 - StrictMath.exp(-(t - taperStart()) / seconds(taper)));
        }
        return wattSeconds / SECONDS_PER_HOUR;
    }

    private double taperStart() {
        return RAMP_SECONDS + seconds(plateau);
    }

    private double idleStart() {
        return taperStart() - seconds(taper) * StrictMath.log(IDLE_BELOW_SHARE);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
