package express.polaris.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A transaction's meter values, computed when asked for: a formula takes no memory, a stored row does. */
@FunctionalInterface
public interface MeterReadings {

    MeterReadings NONE = now -> Stream.empty();

    /** Every row that SteVe has received by then, the station's timestamps in any order. */
    Stream<SimulatedMeterValue> receivedBy(Instant now);

    /** Whether the rows come in the order of their timestamps: then millions of them need no memory. */
    default boolean isInOrder() {
        return false;
    }

    /**
     * A register that rises evenly: count readings, the first one step after the start, the last at the stop and marked
     * {@code Transaction.End}.
     */
    static MeterReadings evenly(Instant start, Instant stop, long startWattHours, long stopWattHours, int count) {
        long stepMillis = Duration.between(start, stop).toMillis() / count;
        return now -> LongStream.rangeClosed(1, count)
                .mapToObj(n -> {
                    long wattHours = startWattHours + (stopWattHours - startWattHours) * n / count;
                    return n == count
                            ? SimulatedMeterValue.finalEnergy(stop, wattHours)
                            : SimulatedMeterValue.energy(start.plusMillis(stepMillis * n), wattHours);
                })
                .filter(value -> !value.timestamp().isAfter(now));
    }
}
