package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.util.Optional;

/**
 * Charging time, average power and peak of a session, derived from its events. The car was charging in intervals with a
 * mean power of at least 100 W; in the others it was only plugged in. An implausible step counts as charging, but not
 * for the peak.
 *
 * @param charging total duration of the charging intervals
 * @param average mean power over the charging intervals; empty without such intervals
 * @param peak highest power of an event; the mean of its interval where the event has no power
 */
public record ChargingCourse(Duration charging, Optional<Power> average, Optional<Peak> peak) {

    private static final Power AT_LEAST = Power.ofWatts(100);

    /**
     * @param derived computed from energy readings, not measured
     */
    public record Peak(Power power, boolean derived) {}

    /** Accumulates the events of one session, oldest first; their intervals must not overlap. */
    public static final class Recorder {

        private Duration time = Duration.ZERO;
        private Energy energy = Energy.ZERO;
        private Optional<Peak> highest = Optional.empty();

        public void add(MeterEvent event) {
            if (isCharging(event)) {
                time = time.plus(ChargingCourse.time(event));
                energy = energy.plus(event.delta());
            }
            if (!event.flags().contains(ReadingFlag.IMPLAUSIBLE)) {
                ChargingCourse.peak(event)
                        .filter(peak -> highest.filter(known -> known.power().compareTo(peak.power()) >= 0)
                                .isEmpty())
                        .ifPresent(peak -> highest = Optional.of(peak));
            }
        }

        public ChargingCourse course() {
            return new ChargingCourse(
                    time, time.isPositive() ? Optional.of(Power.mean(energy, time)) : Optional.empty(), highest);
        }
    }

    private static boolean isCharging(MeterEvent event) {
        return mean(event).filter(power -> power.compareTo(AT_LEAST) >= 0).isPresent();
    }

    private static Optional<Peak> peak(MeterEvent event) {
        return event.power()
                .map(power -> new Peak(power, event.powerDerived()))
                .or(() -> mean(event).filter(power -> !power.isNegative()).map(power -> new Peak(power, true)));
    }

    private static Optional<Power> mean(MeterEvent event) {
        var time = time(event);
        return time.isPositive() ? Optional.of(Power.mean(event.delta(), time)) : Optional.empty();
    }

    private static Duration time(MeterEvent event) {
        return Duration.between(event.measuredFrom(), event.measuredAt());
    }
}
