package express.polaris.sessions;

import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a session went, from its events alone. It charged in the intervals in which energy came at a mean power of 100 W or
 * more; in the others the car was plugged in only. An implausible step counts as charging, but not for the peak.
 *
 * @param charging the intervals' time together
 * @param average of the energy that came in them over their time; empty while there are none
 * @param peak the highest power of a reading, or of an interval whose reading has none
 */
public record ChargingCourse(Duration charging, Optional<Power> average, Optional<Peak> peak) {

    private static final Power AT_LEAST = Power.ofWatts(100);

    /** @param derived from two energy readings, not measured */
    public record Peak(Power power, boolean derived) {}

    /** @param events of one session, oldest first; their intervals do not overlap */
    public static ChargingCourse of(List<SyncedTransactionEvent> events) {
        var charging = events.stream().filter(ChargingCourse::isCharging).toList();
        var time = charging.stream().map(ChargingCourse::time).reduce(Duration.ZERO, Duration::plus);
        var energy = charging.stream().map(SyncedTransactionEvent::delta).reduce(Energy.ZERO, Energy::plus);
        return new ChargingCourse(
                time,
                time.isPositive() ? Optional.of(Power.mean(energy, time)) : Optional.empty(),
                events.stream()
                        .filter(event -> !event.flags().contains(ReadingFlag.IMPLAUSIBLE))
                        .flatMap(event -> peak(event).stream())
                        .max(Comparator.comparing(Peak::power)));
    }

    private static boolean isCharging(SyncedTransactionEvent event) {
        return mean(event).filter(power -> power.compareTo(AT_LEAST) >= 0).isPresent();
    }

    private static Optional<Peak> peak(SyncedTransactionEvent event) {
        return event.power()
                .map(power -> new Peak(power, event.powerDerived()))
                .or(() -> mean(event).filter(power -> !power.isNegative()).map(power -> new Peak(power, true)));
    }

    private static Optional<Power> mean(SyncedTransactionEvent event) {
        var time = time(event);
        return time.isPositive() ? Optional.of(Power.mean(event.delta(), time)) : Optional.empty();
    }

    private static Duration time(SyncedTransactionEvent event) {
        return Duration.between(event.measuredFrom(), event.measuredAt());
    }
}
