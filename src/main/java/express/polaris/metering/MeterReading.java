package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The one value of a series at one instant.
 *
 * @param quantity Wh, W or percent
 * @param end it came with context {@code Transaction.End}
 * @param rows those it was made of, one a phase
 */
record MeterReading(Instant at, BigDecimal quantity, boolean end, List<Integer> rows) {

    Energy energy() {
        return Energy.ofWattHours(quantity);
    }

    /** Never negative: a connector that feeds back takes in nothing. */
    Power power() {
        return Power.ofWatts(quantity.max(BigDecimal.ZERO));
    }

    MeterReading withEnergy(Energy energy) {
        return new MeterReading(at, energy.wattHours(), end, rows);
    }
}
