package express.polaris.metering;

import express.polaris.units.Power;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;

/** The live reading: a measured power counts as long as it is younger than the last energy reading but one. */
final class LatestReading {

    private LatestReading() {}

    static LiveReading of(
            NavigableSet<Instant> times,
            NavigableSet<Instant> energyTimes,
            NavigableMap<Instant, MeterReading> powers,
            NavigableMap<Instant, MeterReading> charges,
            Optional<Power> derived) {
        var measured = measured(energyTimes, powers);
        var power = measured.or(() -> derived);
        return new LiveReading(
                power,
                measured.isEmpty() && derived.isPresent(),
                charges.isEmpty()
                        ? Optional.empty()
                        : Optional.of(charges.lastEntry().getValue().quantity()),
                times.isEmpty() ? Optional.empty() : Optional.of(times.last()));
    }

    private static Optional<Power> measured(
            NavigableSet<Instant> energyTimes, NavigableMap<Instant, MeterReading> powers) {
        if (powers.isEmpty()) {
            return Optional.empty();
        }
        var latest = powers.lastEntry().getValue();
        if (!energyTimes.isEmpty() && latest.at().isBefore(energyTimes.last())) {
            var before = energyTimes.headSet(energyTimes.last(), false);
            if (!before.isEmpty() && !latest.at().isAfter(before.last())) {
                return Optional.empty();
            }
        }
        return Optional.of(latest.power());
    }
}
