package express.polaris.metering;

import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Builds the energy track of a session from the series that carries it: a total register along its
 * {@link RegisterPath}, each phase along its own path, or intervals added up.
 */
final class EnergySeries {

    private static final int NO_INDEX = -1;

    private final MeteredTransaction transaction;
    private final StationClock clock;
    private final CountedRows rows;
    private final RowLedger ledger;
    private final Optional<Energy> stopValue;
    private final long startValue;
    private final RegisterPath.Allowance allowance;
    private final Optional<SeriesKey> key;
    private final int[] indices;

    private EnergyTrack track;
    private PowerLimit limit;
    private long step;

    /**
     * @param stopValue register at the end, if known and usable
     */
    EnergySeries(
            MeteredTransaction transaction,
            StationClock clock,
            CountedRows rows,
            Optional<Energy> stopValue,
            RowLedger ledger) {
        this.transaction = transaction;
        this.clock = clock;
        this.rows = rows;
        this.ledger = ledger;
        this.stopValue = stopValue;
        startValue = transaction.startValue().milliwattHours();
        allowance = new RegisterPath.Allowance(
                transaction.word().jumpsUntil().map(MeterValues::micros).orElse(Long.MIN_VALUE),
                clock.slackAtStop(),
                clock.movedUntil(),
                MeterValues.micros(transaction.sight().first()));
        key = SeriesChoice.carrying(rows, Measurand::isEnergy);
        int end = transaction.stop().isPresent() || isTotalRegister() ? NO_INDEX : endOfTotalRegister();
        var lanes = SeriesChoice.lanes(rows, key, Measurand::isEnergy, end, ledger);
        indices = rows.where(
                index -> key.filter(rows.lane(index).series()::equals).isPresent());
        track = new EnergyTrack(startValue);
        limit = PowerLimit.of(transaction.connectorLimit(), RegisterReadings.none());
        step = RegisterStep.of(RegisterReadings.none());
        if (key.isEmpty() || isTotalRegister()) {
            total(RegisterReadings.of(rows, lanes.getFirst(), ledger));
        } else if (key.get().measurand() == Measurand.ENERGY_INTERVAL) {
            intervals(lanes);
        } else {
            phases(lanes);
        }
        if (end != NO_INDEX) {
            endWith(end);
        }
    }

    /** Index of the last {@code Transaction.End} of a total register, for a session that another series carries. */
    private int endOfTotalRegister() {
        for (int index = rows.size() - 1; index >= 0; index--) {
            var series = rows.lane(index).series();
            boolean isTotal = series.measurand() == Measurand.ENERGY_REGISTER && series.group() == Phase.Group.TOTAL;
            if (isTotal && rows.context(index) == Context.END) {
                return index;
            }
        }
        return NO_INDEX;
    }

    /** Ends the track with the register's end if that comes last and fits the start value; otherwise rejects it. */
    private void endWith(int index) {
        long at = rows.at(index);
        long rise = rows.quantity(index) - startValue;
        long time = at - clock.startedAt() + clock.slackAtStart();
        boolean isLast = track.isEmpty() || track.at(track.size() - 1) <= at;
        boolean fits = rise >= -Math.max(step, RegisterPath.NOISE) && rise <= limit.energyIn(time) + step;
        if (isLast && fits) {
            track.add(
                    at,
                    rows.quantity(index),
                    Math.max(0, rise) - track.total(),
                    EnergyTrack.Move.STEP,
                    Context.END,
                    rows.row(index));
        } else {
            ledger.reject(rows.row(index), Fate.OTHER_SERIES);
        }
    }

    private boolean isTotalRegister() {
        return key.filter(series -> series.measurand() == Measurand.ENERGY_REGISTER)
                .filter(series -> series.group() == Phase.Group.TOTAL)
                .isPresent();
    }

    EnergyTrack track() {
        return track;
    }

    PowerLimit limit() {
        return limit;
    }

    /** Resolution of the register, in mWh. */
    long step() {
        return step;
    }

    /** Indices of all readings of the series, by time. */
    int[] indices() {
        return indices;
    }

    private void total(RegisterReadings all) {
        var sent = stopValue.isPresent() ? all.withoutLastEnd() : all;
        step = RegisterStep.of(sent);
        limit = PowerLimit.of(transaction.connectorLimit(), sent);
        var readings = stopValue
                .map(value -> sent.withStop(clock.stoppedAt().orElseThrow(), value.milliwattHours()))
                .orElse(sent);
        var origin = new RegisterPath.Origin(clock.startedAt(), startValue, clock.slackAtStart());
        var path = new RegisterPath(readings, Optional.of(origin), limit, step, allowance);
        int[] kept = path.readings();
        long level = startValue;
        long at = clock.startedAt() - clock.slackAtStart();
        for (int reading : kept) {
            boolean restarted = path.restarts(reading);
            var move = !restarted
                    ? EnergyTrack.Move.STEP
                    : readings.value(reading) > level ? EnergyTrack.Move.RESTART_ABOVE : EnergyTrack.Move.RESTART;
            if (restarted) {
                track.mayLack(limit.energyIn(readings.at(reading) - at));
            }
            track.add(
                    readings.at(reading),
                    path.level(reading),
                    restarted ? 0 : path.level(reading) - level,
                    move,
                    readings.context(reading),
                    readings.row(reading));
            level = path.level(reading);
            at = readings.at(reading);
        }
        reject(readings, kept);
        if (stopValue.isPresent()) {
            boolean reached = kept.length > 0 && readings.row(kept[kept.length - 1]) == RegisterReadings.STOP;
            if (reached) {
                track.reachesStop();
                track.endAt(stopValue.get().milliwattHours());
            }
            lackUntilStop(reached, at);
        }
    }

    private void lackUntilStop(boolean reached, long lastAt) {
        if (!reached) {
            long stop = clock.stoppedAt().orElseThrow() + clock.slackAtStop();
            track.mayLack(limit.energyIn(stop - lastAt));
        }
    }

    /**
     * Rejects the readings off the path: superseded by a reading of the same instant, undecided while no reading of the
     * path comes later, otherwise outliers.
     */
    private void reject(RegisterReadings readings, int[] kept) {
        int last = kept.length == 0 ? -1 : kept[kept.length - 1];
        int next = 0;
        for (int i = 0; i < readings.size(); i++) {
            if (next < kept.length && kept[next] == i) {
                next++;
            } else {
                boolean besideOne = isBeside(readings, kept, next, i);
                boolean inDoubt = i > last && stopValue.isEmpty();
                ledger.reject(readings.row(i), besideOne ? Fate.SUPERSEDED : inDoubt ? Fate.UNDECIDED : Fate.OUTLIER);
            }
        }
    }

    /** Whether a reading of the path has the same instant. */
    private static boolean isBeside(RegisterReadings readings, int[] kept, int next, int i) {
        return next < kept.length && readings.at(kept[next]) == readings.at(i)
                || next > 0 && readings.at(kept[next - 1]) == readings.at(i);
    }

    /**
     * The first step goes from the start value to the sum of the phases that are present first. A phase that appears
     * later starts without energy.
     */
    private void phases(List<int[]> lanes) {
        var tracks = new ArrayList<PhaseTrack>();
        for (int[] lane : lanes) {
            if (lane.length > 0) {
                tracks.add(new PhaseTrack(RegisterReadings.of(rows, lane, ledger)));
            }
        }
        limit = PowerLimit.together(tracks.stream().map(phase -> phase.limit).toList());
        step = tracks.stream().mapToLong(phase -> phase.step).max().orElse(step);
        long level = startValue;
        long before = clock.startedAt() - clock.slackAtStart();
        boolean first = true;
        for (long at = nextAt(tracks); at != Long.MAX_VALUE; at = nextAt(tracks)) {
            long energy = 0;
            long base = 0;
            boolean restarted = false;
            var context = Context.BEGIN;
            int[] of = new int[tracks.size()];
            int size = 0;
            for (var phase : tracks) {
                if (phase.at() == at) {
                    energy += phase.energy();
                    base += phase.level();
                    restarted |= phase.restarts();
                    if ((phase.restarts() || phase.isFirst()) && !first) {
                        track.mayLack(limit.energyIn(at - before));
                    }
                    context = phase.context().compareTo(context) < 0 ? phase.context() : context;
                    of[size++] = phase.row();
                    phase.advance();
                }
            }
            var move = restarted ? EnergyTrack.Move.RESTART : EnergyTrack.Move.STEP;
            if (first) {
                long rise = base - startValue;
                boolean feasible = rise >= -Math.max(step, RegisterPath.NOISE)
                        && rise <= limit.energyIn(at - before) + step * tracks.size();
                energy = feasible ? Math.max(0, rise) : 0;
                level = feasible ? startValue : base;
                move = feasible
                        ? EnergyTrack.Move.STEP
                        : rise > 0 ? EnergyTrack.Move.RESTART_ABOVE : EnergyTrack.Move.RESTART;
                if (!feasible) {
                    track.mayLack(limit.energyIn(at - before));
                }
                first = false;
            }
            level += energy;
            track.add(at, level, energy, move, context, of[0]);
            if (size > 1) {
                track.alsoOf(Arrays.copyOfRange(of, 1, size));
            }
            before = at;
        }
        if (stopValue.isPresent()) {
            lackUntilStop(false, before);
        }
    }

    private static long nextAt(List<PhaseTrack> tracks) {
        long next = Long.MAX_VALUE;
        for (var phase : tracks) {
            next = Math.min(next, phase.at());
        }
        return next;
    }

    /** One phase along its own path. */
    private final class PhaseTrack {

        private final RegisterReadings readings;
        private final RegisterPath path;
        private final int[] kept;
        private final PowerLimit limit;
        private final long step;
        private int next;

        PhaseTrack(RegisterReadings readings) {
            this.readings = readings;
            step = RegisterStep.of(readings);
            limit = PowerLimit.of(transaction.connectorLimit(), readings);
            path = new RegisterPath(readings, Optional.empty(), limit, step, allowance);
            kept = path.readings();
            reject(readings, kept);
        }

        long at() {
            return next == kept.length ? Long.MAX_VALUE : readings.at(kept[next]);
        }

        boolean isFirst() {
            return next == 0;
        }

        boolean restarts() {
            return path.restarts(kept[next]);
        }

        long level() {
            return path.level(kept[next]);
        }

        long energy() {
            return isFirst() || restarts() ? 0 : path.level(kept[next]) - path.level(kept[next - 1]);
        }

        Context context() {
            return readings.context(kept[next]);
        }

        int row() {
            return readings.row(kept[next]);
        }

        void advance() {
            next++;
        }
    }

    /** Each interval counts once, on top of the start value; intervals above the power limit are rejected. */
    private void intervals(List<int[]> lanes) {
        var phases = lanes.stream()
                .filter(lane -> lane.length > 0)
                .map(this::sampled)
                .map(lane -> RegisterReadings.of(rows, lane, ledger).preferred(ledger))
                .toList();
        var together = RegisterReadings.together(phases);
        step = RegisterStep.of(together);
        limit = PowerLimit.of(transaction.connectorLimit(), together.addedUp(startValue));
        long interval = together.medianDistance();
        long level = startValue;
        long before = clock.startedAt() - clock.slackAtStart();
        for (var instants = new PhaseIntervals(phases); instants.advance(); before = instants.at()) {
            long time = instants.at() - before;
            long most = limit.energyIn(Math.max(time, interval)) + step;
            if (interval > 0 && 2 * time > 3 * interval) {
                track.mayLack(limit.energyIn(time - interval));
            }
            if (instants.value() > most) {
                track.mayLack(limit.energyIn(interval));
                instants.keep(value -> value <= most, ledger);
            }
            int[] of = instants.rows();
            if (of.length == 0 || instants.value() > most) {
                Arrays.stream(of).forEach(row -> ledger.reject(row, Fate.OUTLIER));
                continue;
            }
            level += instants.value();
            track.add(instants.at(), level, instants.value(), EnergyTrack.Move.STEP, instants.context(), of[0]);
            if (of.length > 1) {
                track.alsoOf(Arrays.copyOfRange(of, 1, of.length));
            }
        }
        if (stopValue.isPresent()) {
            lackUntilStop(false, before);
        }
    }

    /** Leaves out clock-aligned intervals if there are sampled ones, which cover the same energy. */
    private int[] sampled(int[] lane) {
        if (Arrays.stream(indices).noneMatch(index -> rows.context(index) == Context.OTHER)) {
            return lane;
        }
        return Arrays.stream(lane)
                .filter(index -> {
                    boolean aligned = rows.context(index) == Context.CLOCK;
                    if (aligned) {
                        ledger.reject(rows.row(index), Fate.OTHER_SERIES);
                    }
                    return !aligned;
                })
                .toArray();
    }
}
