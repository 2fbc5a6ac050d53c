package express.polaris.sessions.events;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Totals of a session's events, computed in one pass. */
record EventSum(Energy energy, Optional<Instant> lastEnergyAt, Set<ReadingFlag> flags, boolean isFinal) {

    static EventSum of(List<MeterEvent> events) {
        long milliwattHours = 0;
        var lastEnergyAt = Optional.<Instant>empty();
        var flags = EnumSet.noneOf(ReadingFlag.class);
        boolean isFinal = false;
        for (var event : events) {
            milliwattHours += event.delta().milliwattHours();
            if (event.delta().isPositive()) {
                lastEnergyAt = Optional.of(event.measuredAt());
            }
            flags.addAll(event.flags());
            isFinal = event.isFinal();
        }
        return new EventSum(Energy.ofMilliwattHours(milliwattHours), lastEnergyAt, flags, isFinal);
    }
}
