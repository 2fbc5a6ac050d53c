package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the events of a session: one for each point of the energy track with energy or a reset, one for unchanged
 * energy after 15 minutes, one for a power reading without energy at most once a minute, and the closing event.
 */
final class Timeline {

    /** Unchanged energy makes an event only after this time, in microseconds. */
    private static final long SIGN_OF_LIFE = 15 * 60 * 1_000_000L;

    private static final long POWER_AT_MOST_EVERY = 60 * 1_000_000L;

    private enum Kind {
        ENERGY,
        END,
        POWER_ONLY
    }

    private static final Kind[] KINDS = Kind.values();

    private final MeteredTransaction transaction;
    private final StationClock clock;
    private final MeterValues values;
    private final EnergySeries energy;
    private final EnergyTrack track;
    private final CountedRows rows;
    private final Gauge powers;
    private final RowLedger ledger;
    private final long startValue;

    private int size;
    private byte[] kinds = new byte[16];
    private int[] points = new int[16];
    private final long[] derived;
    private Optional<Long> lastDerived = Optional.empty();

    /** Position of the closing event; {@code Integer.MAX_VALUE} without one. */
    private int closingAt = Integer.MAX_VALUE;

    Timeline(
            MeteredTransaction transaction,
            StationClock clock,
            MeterValues values,
            CountedRows rows,
            EnergySeries energy,
            Gauge powers,
            RowLedger ledger) {
        this.transaction = transaction;
        this.clock = clock;
        this.values = values;
        this.rows = rows;
        this.energy = energy;
        this.track = energy.track();
        this.powers = powers;
        this.ledger = ledger;
        startValue = transaction.startValue().milliwattHours();
        derived = new long[track.size()];
        derivePower();
    }

    /** Power derived from the register at the last point of the track, in mW. */
    Optional<Long> lastDerivedPower() {
        return lastDerived;
    }

    /**
     * @param charges readings of the state of charge
     */
    EventTable write(Gauge charges) {
        int ends = pointsBeforeStop();
        chooseSteps(ends);
        var closes = Closing.energy(transaction);
        boolean endIsFinal = transaction.stop().isEmpty() && size > 0 && KINDS[kinds[size - 1]] == Kind.END;
        var table = new EventTable(
                MeterValues.instant(clock.startedAt()), transaction.startValue(), closes.isPresent() || endIsFinal);
        if (closes.isPresent()) {
            closingAt = writeWithClosing(table, closes.get());
        } else {
            writeAll(table, size);
        }
        tell();
        give(table, powers, charges);
        return table;
    }

    private int pointsBeforeStop() {
        return track.endsAtStop() ? track.size() - 1 : track.size();
    }

    private void derivePower() {
        var power = new DerivedPower(track, energy.limit(), energy.step(), clock.startedAt());
        for (int point = 0; point < track.size(); point++) {
            lastDerived = power.at(point);
            derived[point] = lastDerived.orElse(EventTable.NO_POWER);
        }
    }

    /**
     * Chooses energy points first, then the power readings between them, so that what is priced does not depend on
     * power.
     */
    private void chooseSteps(int ends) {
        var energySteps = new int[ends];
        int chosen = 0;
        long lastAt = clock.startedAt();
        boolean ended = false;
        for (int point = 0; point < ends; point++) {
            boolean counts = track.delta(point) != 0 || track.moveOf(point).isRestart();
            boolean isEnd = isEnd(point);
            boolean due = !ended && track.at(point) - lastAt >= SIGN_OF_LIFE;
            if (counts || isEnd || due) {
                energySteps[chosen++] = point;
                lastAt = track.at(point);
                ended = isEnd;
            } else {
                boolean below = track.row(point) >= 0 && values.quantity(track.row(point)) < track.level(point);
                reject(point, below ? Fate.NOISE : Fate.UNCHANGED);
            }
        }
        weave(energySteps, chosen);
    }

    private void weave(int[] energySteps, int chosen) {
        int[] energyRows = energy.indices();
        int nextEnergy = 0;
        int nextRow = 0;
        long lastAt = clock.startedAt();
        boolean ended = false;
        for (int power = 0; power < powers.size(); power++) {
            long at = powers.at(power);
            for (; nextEnergy < chosen && track.at(energySteps[nextEnergy]) <= at; nextEnergy++) {
                lastAt = track.at(energySteps[nextEnergy]);
                ended = takeEnergy(energySteps[nextEnergy]) == Kind.END;
            }
            while (nextRow < energyRows.length && rows.at(energyRows[nextRow]) < at) {
                nextRow++;
            }
            boolean beside = nextRow < energyRows.length && rows.at(energyRows[nextRow]) == at;
            if (!beside && !ended && at - lastAt >= POWER_AT_MOST_EVERY) {
                take(Kind.POWER_ONLY, power);
                lastAt = at;
            }
        }
        for (; nextEnergy < chosen; nextEnergy++) {
            takeEnergy(energySteps[nextEnergy]);
        }
    }

    /** Once SteVe has closed the transaction, only its stop value ends the session. */
    private boolean isEnd(int point) {
        return transaction.stop().isEmpty() && track.context(point) == Context.END;
    }

    private Kind takeEnergy(int point) {
        var kind = isEnd(point) ? Kind.END : Kind.ENERGY;
        take(kind, point);
        return kind;
    }

    private void take(Kind kind, int point) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            points = Arrays.copyOf(points, size * 2);
        }
        kinds[size] = (byte) kind.ordinal();
        points[size] = point;
        size++;
    }

    /**
     * @return number of events written
     */
    private int writeAll(EventTable table, int steps) {
        long level = startValue;
        for (int i = 0; i < steps; i++) {
            if (KINDS[kinds[i]] == Kind.POWER_ONLY) {
                table.add(powers.at(points[i]), level, 0, Set.of());
            } else {
                int point = points[i];
                level = track.level(point);
                table.add(track.at(point), level, track.delta(point), flags(point));
            }
        }
        return steps;
    }

    private Set<ReadingFlag> flags(int point) {
        return switch (track.moveOf(point)) {
            case STEP -> Set.of();
            case RESTART -> Set.of(ReadingFlag.METER_RESET);
            case RESTART_ABOVE -> EnumSet.of(ReadingFlag.METER_RESET, ReadingFlag.IMPLAUSIBLE);
        };
    }

    /** The closing event replaces a last event without energy at or after the stop. */
    private int writeWithClosing(EventTable table, Energy closes) {
        long stop = clock.endedAt().orElseThrow();
        boolean gives = size > 0 && !counts(size - 1) && at(size - 1) >= stop;
        int kept = writeAll(table, gives ? size - 1 : size);
        long last = kept == 0 ? clock.startedAt() : table.at(kept - 1);
        long level = kept == 0 ? startValue : table.meterTo(kept - 1);
        long sum = 0;
        boolean restarted = false;
        for (int i = 0; i < kept; i++) {
            if (KINDS[kinds[i]] != Kind.POWER_ONLY) {
                sum += track.delta(points[i]);
                restarted |= track.moveOf(points[i]).isRestart();
            }
        }
        long delta = closes.milliwattHours() - sum;
        long meter = Closing.stopValue(transaction).map(Energy::milliwattHours).orElse(level + delta);
        table.add(
                Math.max(stop, last),
                meter,
                delta,
                Closing.flags(Energy.ofMilliwattHours(delta), Energy.ofMilliwattHours(meter - level), restarted));
        return kept;
    }

    private boolean counts(int step) {
        if (KINDS[kinds[step]] == Kind.POWER_ONLY) {
            return false;
        }
        int point = points[step];
        return track.delta(point) != 0 || track.moveOf(point).isRestart();
    }

    private long at(int step) {
        return KINDS[kinds[step]] == Kind.POWER_ONLY ? powers.at(points[step]) : track.at(points[step]);
    }

    /** Records the outcome of each event's rows. */
    private void tell() {
        for (int i = 0; i < size; i++) {
            var fate = i >= closingAt ? Fate.CLOSING : KINDS[kinds[i]] == Kind.POWER_ONLY ? Fate.POWER : Fate.ENERGY;
            if (KINDS[kinds[i]] == Kind.POWER_ONLY) {
                for (int row : powers.rows(points[i])) {
                    ledger.became(row, i, fate);
                }
            } else {
                ledger.became(track.row(points[i]), i, fate);
                for (int row : track.otherRows(points[i])) {
                    ledger.became(row, i, fate);
                }
            }
        }
        if (Closing.stopValue(transaction).isPresent()) {
            tellEndRows();
        }
    }

    /** The closing event takes the trailing {@code Transaction.End} rows, because SteVe's stop value replaces them. */
    private void tellEndRows() {
        int[] indices = energy.indices();
        for (int i = indices.length - 1; i >= 0 && rows.context(indices[i]) == Context.END; i--) {
            int row = rows.row(indices[i]);
            if (ledger.isOpen(row)) {
                ledger.became(row, closingAt, Fate.CLOSING);
            }
        }
    }

    /** Gives each event the latest power and state of charge of its interval. */
    private void give(EventTable table, Gauge power, Gauge charges) {
        int nextPower = 0;
        int nextCharge = 0;
        long from = clock.startedAt() - 1;
        for (int event = 0; event < table.size(); event++) {
            long to = table.at(event);
            while (nextPower < power.size() && power.at(nextPower) <= to) {
                nextPower++;
            }
            while (nextCharge < charges.size() && charges.at(nextCharge) <= to) {
                nextCharge++;
            }
            if (isWithin(power, nextPower - 1, from, to)) {
                table.power(event, power.quantity(nextPower - 1), false);
                for (int row : power.rows(nextPower - 1)) {
                    ledger.became(row, event, Fate.POWER);
                }
            } else {
                long milliwatts = derivedOf(event);
                if (milliwatts != EventTable.NO_POWER) {
                    table.power(event, milliwatts, true);
                }
            }
            if (isWithin(charges, nextCharge - 1, from, to)) {
                table.charge(event, charges.quantity(nextCharge - 1));
                for (int row : charges.rows(nextCharge - 1)) {
                    ledger.became(row, event, Fate.SOC);
                }
            }
            from = to;
        }
    }

    private static boolean isWithin(Gauge gauge, int reading, long from, long to) {
        return reading >= 0 && (gauge.at(reading) == to || gauge.at(reading) > from);
    }

    private long derivedOf(int event) {
        if (event == closingAt) {
            return track.endsAtStop() ? derived[track.size() - 1] : EventTable.NO_POWER;
        }
        return KINDS[kinds[event]] == Kind.POWER_ONLY ? EventTable.NO_POWER : derived[points[event]];
    }

    private void reject(int point, Fate fate) {
        ledger.reject(track.row(point), fate);
        for (int row : track.otherRows(point)) {
            ledger.reject(row, fate);
        }
    }
}
