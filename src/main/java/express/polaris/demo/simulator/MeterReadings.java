package express.polaris.demo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Meter values of a transaction, computed on request, so that they need not be kept in memory. */
@FunctionalInterface
public interface MeterReadings {

    MeterReadings NONE = now -> Stream.empty();

    /** Rows that SteVe has received by then; the station's timestamps may be in any order. */
    Stream<SimulatedMeterValue> receivedBy(Instant now);

    /** Whether the rows are in timestamp order; then they are streamed without sorting, so millions need no memory. */
    default boolean isInOrder() {
        return false;
    }

    /**
     * Linear register: {@code count} readings, the first one step after the start, the last at the stop and marked
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
