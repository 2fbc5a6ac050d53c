package express.polaris.benchmarks;

import express.polaris.metering.MeterSeries;
import express.polaris.metering.MeterValues;
import express.polaris.metering.MeteredTransaction;
import express.polaris.metering.SampledValue;
import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Metering of sessions with 500, 10,000 and 260,000 readings of energy, power and state of charge. Reports milliseconds
 * and microseconds per reading; the latter must not grow. One reading in a hundred is 0, one in a thousand a spike.
 */
final class MeteringBenchmark {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final int ROUNDS = 9;
    private static final int[] READINGS = {500, 10_000, 260_000};

    private MeteringBenchmark() {}

    static void run() {
        for (int warmUp = 0; warmUp < 40; warmUp++) {
            events(values(10_000), 10_000);
        }
        for (int readings : READINGS) {
            var values = values(readings);
            var nanos = new long[ROUNDS];
            int events = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long begun = System.nanoTime();
                events = events(values, readings);
                nanos[round] = System.nanoTime() - begun;
            }
            Arrays.sort(nanos);
            long median = nanos[ROUNDS / 2];
            System.out.printf(
                    "metering: %,d readings, %,d rows, %,d events in %.1f ms, %.2f µs a reading%n",
                    readings, values.size(), events, median / 1e6, median / 1e3 / readings);
        }
    }

    private static int events(MeterValues values, int readings) {
        var transaction = new MeteredTransaction(
                START,
                Energy.ofWattHours(1_000_000),
                Optional.empty(),
                Optional.empty(),
                new MeteredTransaction.Sight(START, Optional.empty(), Optional.empty()),
                MeteredTransaction.Word.NONE);
        var series = MeterSeries.of(transaction, values, START.plus(Duration.ofSeconds(10L * readings + 60)));
        return series.events().size();
    }

    private static MeterValues values(int readings) {
        var values = new MeterValues.Builder();
        for (int i = 1; i <= readings; i++) {
            var at = START.plusSeconds(10L * i);
            long register = 1_000_000 + i * 19L;
            long sent = i % 100 == 50 ? 0 : i % 1_000 == 7 ? register + 5_000_000 : register;
            values.add(row(at, "Energy.Active.Import.Register", String.valueOf(sent)));
            values.add(row(at, "Power.Active.Import", "6840"));
            values.add(row(at, "SoC", String.valueOf(i * 100L / readings)));
        }
        return values.build();
    }

    private static SampledValue row(Instant at, String measurand, String value) {
        return new SampledValue(
                at,
                value,
                Optional.empty(),
                Optional.empty(),
                Optional.of(measurand),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
