package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.List;

/** Makes a register of {@code Energy.Active.Import.Interval}: the start value plus all energy until then. */
final class IntervalRegister {

    private IntervalRegister() {}

    static List<MeterReading> accumulate(Energy startValue, List<MeterReading> intervals) {
        var register = startValue;
        var readings = new ArrayList<MeterReading>(intervals.size());
        for (var interval : intervals) {
            register = register.plus(interval.energy());
            readings.add(interval.withEnergy(register));
        }
        return readings;
    }
}
