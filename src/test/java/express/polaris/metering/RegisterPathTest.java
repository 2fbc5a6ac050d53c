package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Compares the path found with every possible path. */
class RegisterPathTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final long MINUTE = 60_000_000;
    private static final long KILOWATT_HOUR = 1_000_000;

    /**
     * @param kilowattHours the readings at each minute; all but the first of a minute are clock-aligned
     */
    record Readings(long startValue, List<List<Long>> kilowattHours) {

        List<SampledValue> rows() {
            var rows = new ArrayList<SampledValue>();
            for (int minute = 0; minute < kilowattHours.size(); minute++) {
                var context = Optional.<String>empty();
                for (long value : kilowattHours.get(minute)) {
                    rows.add(new SampledValue(
                            START.plus(Duration.ofMinutes(minute + 1)),
                            String.valueOf(value * 1000 + 1),
                            context,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
                    context = Optional.of("Sample.Clock");
                }
            }
            return rows;
        }
    }

    /**
     * Three levels far apart. Within a level every rise is feasible in one minute, between levels none is feasible in
     * ten; no value lies within the noise of another.
     */
    @Provide
    Arbitrary<Readings> small() {
        var values = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(100, 103)),
                Tuple.of(1, Arbitraries.longs().between(0, 3)),
                Tuple.of(1, Arbitraries.of(50L, 51L, 900L, 901L)));
        var instants = values.list().ofMinSize(1).ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.of(0L, 100L, 900L),
                        instants.list().ofMinSize(0).ofMaxSize(7))
                .as(Readings::new);
    }

    @Property(tries = 3000)
    void noOtherPathIsCheaper(@ForAll("small") Readings given) {
        var readings = register(given);
        // 1.2 × 200 kW × 1 min = 4 kWh
        var limit = PowerLimit.of(Optional.of(Power.ofWatts(200_000)), RegisterReadings.none());
        var origin = new RegisterPath.Origin(MeterValues.micros(START), given.startValue() * KILOWATT_HOUR + 1_000, 0);
        var path = new RegisterPath(readings, Optional.of(origin), limit, 1_000, RegisterPath.Allowance.NONE);
        assertThat(path.leastCost()).isEqualTo(new EveryPath(readings, origin, limit).leastCost());
    }

    @Property(tries = 1000)
    void theFoundPathHasTheReportedCost(@ForAll("small") Readings given) {
        var readings = register(given);
        var limit = PowerLimit.of(Optional.of(Power.ofWatts(200_000)), RegisterReadings.none());
        var origin = new RegisterPath.Origin(MeterValues.micros(START), given.startValue() * KILOWATT_HOUR + 1_000, 0);
        var path = new RegisterPath(readings, Optional.of(origin), limit, 1_000, RegisterPath.Allowance.NONE);
        var kept = new ArrayList<Integer>();
        for (int reading : path.readings()) {
            kept.add(reading);
        }
        assertThat(new EveryPath(readings, origin, limit).costOf(kept)).isEqualTo(path.leastCost());
    }

    @Test
    void aThousandZerosCostAsMuchAsOne() {
        var values = new ArrayList<List<Long>>();
        values.add(List.of(100L));
        for (int i = 0; i < 1000; i++) {
            values.add(List.of(0L));
        }
        values.add(List.of(101L));
        var given = new Readings(100, values);
        var path = new RegisterPath(
                zerosAsZeros(given),
                Optional.of(new RegisterPath.Origin(MeterValues.micros(START), 100 * KILOWATT_HOUR + 1_000, 0)),
                PowerLimit.of(Optional.empty(), RegisterReadings.none()),
                1_000,
                RegisterPath.Allowance.NONE);
        assertThat(path.leastCost()).isEqualTo(RegisterPath.LEFT_OUT);
    }

    private static RegisterReadings zerosAsZeros(Readings given) {
        return register(given.rows().stream()
                .map(row -> row.value().equals("1") ? Session.withValue(row, "0") : row)
                .toList());
    }

    private static RegisterReadings register(Readings given) {
        return register(given.rows());
    }

    private static RegisterReadings register(List<SampledValue> given) {
        var values = MeterValues.of(given);
        var ledger = new RowLedger(values);
        var transaction = MeteredTransaction.seenAtItsStart(START, Energy.ZERO, Optional.empty(), Optional.empty());
        var clock = new StationClock(transaction, values, START.plus(Duration.ofDays(2)));
        var rows = new CountedRows(values, clock, true, ledger);
        return RegisterReadings.of(rows, rows.where(index -> true), ledger);
    }

    /** Tries every choice of readings by the same rules, without shortcuts. */
    private record EveryPath(RegisterReadings readings, RegisterPath.Origin origin, PowerLimit limit) {

        int leastCost() {
            return least(0, List.of());
        }

        private int least(int from, List<Integer> kept) {
            int best = costOf(kept);
            for (int next = from; next < readings.size(); next++) {
                boolean sameInstant = !kept.isEmpty() && readings.at(kept.getLast()) == readings.at(next);
                if (!sameInstant) {
                    var longer = new ArrayList<>(kept);
                    longer.add(next);
                    best = Math.min(best, least(next + 1, longer));
                }
            }
            return best;
        }

        int costOf(List<Integer> kept) {
            long level = origin.value();
            long at = origin.at();
            long moved = origin.at();
            int cost = leftOut(kept);
            for (int reading : kept) {
                long value = readings.value(reading);
                long time = Math.max(readings.at(reading) - at, Math.min(readings.at(reading) - moved, 15 * MINUTE));
                boolean feasible = value >= level
                        ? value - level <= limit.energyIn(time) + 1_000
                        : level - value <= RegisterPath.NOISE;
                if (!feasible) {
                    cost += value < KILOWATT_HOUR && value < level
                            ? RegisterPath.BEGUN_NEAR_ZERO
                            : RegisterPath.RESTARTED;
                }
                if (!feasible || value > level) {
                    moved = readings.at(reading);
                }
                level = feasible ? Math.max(level, value) : value;
                at = readings.at(reading);
            }
            return cost;
        }

        private int leftOut(List<Integer> kept) {
            int cost = 0;
            for (int reading = 0; reading < readings.size(); reading++) {
                if (readings.opensInstant(reading)) {
                    long instant = readings.at(reading);
                    boolean has = kept.stream().anyMatch(one -> readings.at(one) == instant);
                    cost += has ? 0 : RegisterPath.LEFT_OUT;
                }
            }
            return cost;
        }
    }
}
