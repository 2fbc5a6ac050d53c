package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One session with known true energy, and the corresponding data in SteVe: a register with the faults of real chargers.
 */
final class SimulatedCharger {

    /** Possible faults of a charger. */
    enum Fault {
        /** The register restarts from 0 in the middle. */
        RESET,
        /** Readings restart from 0 in each session; start and stop values come from the lifetime register. */
        SESSION_READINGS,
        /** The register reads 0 for a few readings. */
        DROPOUT,
        /** One reading is far too high. */
        SPIKE,
        /** A second meter sends its own clock-aligned readings. */
        SECOND_REGISTER,
        /** The register is sent by phase; two phases appear later. */
        PHASES_APPEAR,
        /** The register counts in steps of 100 Wh or 1 kWh. */
        COARSE,
        /** Readings are sent twice. */
        DUPLICATES,
        /** A third of the readings are lost. */
        LOST_ROWS,
        /** The start value is 0. */
        START_OF_ZERO,
        /** The stop value equals the start value. */
        STOP_IS_START,
        /** The stop value is in kWh. */
        STOP_IN_KWH,
        /** The station's clock is in 1970 until the middle of the session. */
        CLOCK_OF_1970,
        /** A manual stop in SteVe came before the end. */
        STOPPED_EARLY
    }

    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant UNSET = Instant.parse("1970-01-01T00:00:20Z");

    private final Random random;
    private final Set<Fault> faults;
    private final int interval;
    private final int readings;
    private final List<Long> truth = new ArrayList<>();
    private final long lifetime;
    private final long resolution;
    private final boolean limitEntered;
    private final double maxWatts;

    SimulatedCharger(long seed) {
        random = new Random(seed);
        faults = faults();
        boolean fast = random.nextInt(4) == 0;
        interval = List.of(10, 30, 60, 60, 300, 900).get(random.nextInt(6));
        readings = 3 + random.nextInt(fast ? 40 : 120);
        maxWatts = fast
                ? 50_000 + random.nextInt(250_000)
                : List.of(1_400, 3_600, 7_400, 11_000, 22_000).get(random.nextInt(5));
        lifetime = 1_000_000L + random.nextInt(8_000_000);
        resolution =
                faults.contains(Fault.COARSE) ? (random.nextBoolean() ? 100 : 1_000) : random.nextBoolean() ? 1 : 10;
        limitEntered = random.nextInt(3) == 0;
        double energy = 0;
        int paused = random.nextInt(readings + 1);
        for (int i = 0; i <= readings; i++) {
            truth.add(Math.round(energy));
            double taper = fast ? Math.max(0.1, 1 - (double) i / readings) : 1;
            boolean pause = i > paused && i < paused + readings / 10;
            energy += pause ? 0 : maxWatts * taper * (0.9 + random.nextDouble() / 10) * interval / 3600;
        }
    }

    private Set<Fault> faults() {
        var all = EnumSet.noneOf(Fault.class);
        int count = List.of(0, 0, 1, 1, 1, 2).get(random.nextInt(6));
        var possible = Fault.values();
        while (all.size() < count) {
            all.add(possible[random.nextInt(possible.length)]);
        }
        return all;
    }

    Set<Fault> whatIsWrong() {
        return faults;
    }

    /** The true energy in Wh delivered while the transaction was open in SteVe. */
    long truth() {
        return truth.get(stoppedAfter());
    }

    /** The true energy in Wh delivered until the reading with this number. */
    long truthUntil(int reading) {
        return truth.get(reading);
    }

    int readings() {
        return readings;
    }

    /** Error of a fault-free meter in Wh: two of its steps, at least 100 Wh, plus one step for rounding. */
    long noise() {
        return Math.max(100, 2 * resolution) + resolution;
    }

    private int stoppedAfter() {
        return faults.contains(Fault.STOPPED_EARLY) ? readings / 2 : readings;
    }

    /** The session while it is live, after {@code after} readings. */
    MeterSeries live(int after) {
        return series(after, Optional.empty());
    }

    /** The session after SteVe closed it. */
    MeterSeries closed() {
        int last = stoppedAfter();
        long stop = faults.contains(Fault.STOP_IS_START)
                ? startValue()
                : faults.contains(Fault.STOP_IN_KWH)
                        ? startValue() + (startValue() + truth.get(last)) / 1000 - startValue() / 1000
                        : stopValue(last);
        var actor = faults.contains(Fault.STOPPED_EARLY) ? "manual" : "station";
        return series(
                readings,
                Optional.of(new MeterStop(
                        at(last).plusSeconds(2),
                        Optional.of(Energy.ofWattHours(stop)),
                        Optional.empty(),
                        Optional.of(actor))));
    }

    private long startValue() {
        return faults.contains(Fault.START_OF_ZERO) ? 0 : floor(lifetime);
    }

    private long stopValue(int last) {
        if (faults.contains(Fault.RESET) && last > readings / 2) {
            // SteVe refuses a stop below the start; such a session is stopped manually at its last plausible reading.
            return floor(lifetime + truth.get(readings / 2));
        }
        return floor(lifetime + truth.get(last));
    }

    private long floor(long wattHours) {
        return wattHours / resolution * resolution;
    }

    private Instant at(int reading) {
        return START.plus(Duration.ofSeconds((long) interval * reading));
    }

    private Instant stated(int reading) {
        boolean unset = faults.contains(Fault.CLOCK_OF_1970) && reading < readings / 2;
        return unset ? UNSET.plus(Duration.ofSeconds((long) interval * reading)) : at(reading);
    }

    private MeterSeries series(int after, Optional<MeterStop> stop) {
        var now = at(after).plusSeconds(5);
        var sight = new MeteredTransaction.Sight(
                START.plusSeconds(3),
                Optional.empty(),
                faults.contains(Fault.CLOCK_OF_1970)
                        ? Optional.of(Duration.between(stated(0), START.plusSeconds(3)))
                        : Optional.empty());
        var limit = limitEntered ? Optional.of(Power.ofWatts(Math.round(maxWatts))) : Optional.<Power>empty();
        var transaction = new MeteredTransaction(
                stated(0), Energy.ofWattHours(startValue()), stop, limit, sight, MeteredTransaction.Word.NONE);
        return MeterSeries.of(transaction, MeterValues.of(rows(after)), now);
    }

    private List<SampledValue> rows(int after) {
        var noise = new Random(interval * 31L + readings);
        var rows = new ArrayList<SampledValue>();
        int dropout = 1 + noise.nextInt(readings);
        int length = 1 + noise.nextInt(4);
        int spike = 1 + noise.nextInt(readings);
        for (int i = 1; i <= after; i++) {
            long wattHours = floor(lifetime + truth.get(i));
            if (faults.contains(Fault.SESSION_READINGS)) {
                wattHours = floor(truth.get(i));
            }
            if (faults.contains(Fault.RESET) && i > readings / 2) {
                wattHours = floor(truth.get(i) - truth.get(readings / 2));
            }
            if (faults.contains(Fault.DROPOUT) && i >= dropout && i < dropout + length) {
                wattHours = 0;
            }
            if (faults.contains(Fault.SPIKE) && i == spike) {
                wattHours += 1_000 + noise.nextInt(20_000_000);
            }
            boolean lost = faults.contains(Fault.LOST_ROWS) && noise.nextInt(3) == 0;
            if (!lost) {
                add(rows, i, wattHours);
                if (faults.contains(Fault.DUPLICATES)) {
                    add(rows, i, wattHours);
                }
            }
            if (faults.contains(Fault.SECOND_REGISTER) && i % 5 == 0) {
                rows.add(Session.withContext(row(i, wattHours + 18_237, ""), "Sample.Clock"));
            }
        }
        Collections.shuffle(rows, noise);
        return rows;
    }

    private void add(List<SampledValue> rows, int reading, long wattHours) {
        if (faults.contains(Fault.PHASES_APPEAR)) {
            boolean three = reading > readings / 2;
            long before = truth.get(Math.min(reading, readings / 2));
            long since = truth.get(reading) - before;
            rows.add(row(reading, 1_000_000 + before + since / 3, "L1"));
            if (three) {
                rows.add(row(reading, 2_000_000 + since / 3, "L2"));
                rows.add(row(reading, 3_000_000 + since - 2 * (since / 3), "L3"));
            }
        } else {
            rows.add(row(reading, wattHours, ""));
        }
    }

    private SampledValue row(int reading, long wattHours, String phase) {
        return new SampledValue(
                stated(reading),
                String.valueOf(wattHours),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                phase.isEmpty() ? Optional.empty() : Optional.of(phase));
    }

    @Override
    public String toString() {
        return faults + ", " + readings + " readings every " + interval + " s, " + Math.round(maxWatts) + " W, step "
                + resolution + (limitEntered ? ", limit entered" : "");
    }
}
