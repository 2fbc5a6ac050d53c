package express.polaris.testing;

import express.polaris.demo.simulator.MeterReadings;
import express.polaris.demo.simulator.SimulatedMeterValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Readings of nine values that a station sends every ten seconds: the register, which rises by 5 Wh, the power, the
 * current offered, three currents and three voltages. Rows are generated on demand: 60 hours are 194,400 rows or 34.5
 * MB, 30 days 2.3 million rows or 400 MB.
 */
public record LongReadings(Instant start, Duration length, long startWattHours) implements MeterReadings {

    private static final int EVERY_SECONDS = 10;
    private static final int STEP_WATT_HOURS = 5;

    public int readings() {
        return Math.toIntExact(length.toSeconds() / EVERY_SECONDS);
    }

    public Instant stop() {
        return start.plus(length);
    }

    public long wattHours() {
        return (long) STEP_WATT_HOURS * readings();
    }

    @Override
    public boolean isInOrder() {
        return true;
    }

    @Override
    public Stream<SimulatedMeterValue> receivedBy(Instant now) {
        return LongStream.rangeClosed(1, readings())
                .takeWhile(n -> !start.plusSeconds(n * EVERY_SECONDS).isAfter(now))
                .boxed()
                .flatMap(n -> reading(start.plusSeconds(n * EVERY_SECONDS), n).stream());
    }

    private List<SimulatedMeterValue> reading(Instant at, long n) {
        return List.of(
                SimulatedMeterValue.energy(at, startWattHours + STEP_WATT_HOURS * n),
                SimulatedMeterValue.power(at, 1800 + n % 7),
                other(at, "Current.Offered", "16", "A"),
                other(at, "Current.Import", "2." + n % 10, "A").withPhase("L1"),
                other(at, "Current.Import", "2." + n % 9, "A").withPhase("L2"),
                other(at, "Current.Import", "2." + n % 8, "A").withPhase("L3"),
                other(at, "Voltage", "230." + n % 10, "V").withPhase("L1-N"),
                other(at, "Voltage", "231." + n % 9, "V").withPhase("L2-N"),
                other(at, "Voltage", "229." + n % 8, "V").withPhase("L3-N"));
    }

    private static SimulatedMeterValue other(Instant at, String measurand, String value, String unit) {
        return SimulatedMeterValue.of(at, value, "Sample.Periodic", measurand, unit);
    }
}
