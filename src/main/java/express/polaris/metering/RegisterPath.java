package express.polaris.metering;

import java.util.Arrays;
import java.util.Optional;

/**
 * Path of a register through its readings with the least cost; the readings on it are accepted.
 *
 * <p>Leaving out an instant costs 10, a run of zeros 10 in all. A reset costs 25, or 19 with a fall to under 1 kWh. So
 * three readings prove a new level, two near zero. A step is feasible if the register is not below its highest value
 * since the last reset by more than the noise, and does not rise by more than the limit allows. At equal cost, the path
 * with fewer resets is preferred, then the one that keeps the newest reading, then the preferred contexts, then the
 * smaller energy.
 *
 * <p>Each reading has one state: the best path that ends there. Feasible steps look back over at most 64 units of
 * left-out instants (a run of zeros is one unit), and only as far as a cheaper path is possible; a reset needs only the
 * cheapest path so far. The work is thus in practice linear in the number of readings.
 */
final class RegisterPath {

    static final int LEFT_OUT = 10;
    static final int RESTARTED = 25;
    static final int BEGUN_NEAR_ZERO = 19;
    static final int UNITS_LOOKED_BACK = 64;

    private static final long NEAR_ZERO = 1_000_000;
    /** A register may be below its highest value by this much, in mWh, or by its step if that is larger. */
    static final long NOISE = 50_000;

    private static final long LONGEST_REST = 15 * 60 * 1_000_000L;
    private static final int NOWHERE = -1;
    private static final int START = -2;

    private final RegisterReadings readings;
    private final Optional<Origin> origin;
    private final PowerLimit limit;
    private final long step;
    private final long noise;
    private final Allowance allowance;

    /** By reading: the first reading of its instant, and its unit of instants that are left out for one price. */
    private final int[] instant;

    private final int[] unit;

    private final int[] cost;
    private final int[] beginnings;
    private final int[] ranks;
    private final long[] energy;
    private final long[] highest;
    private final long[] movedAt;
    private final int[] before;
    private final boolean[] restarted;

    /** By reading: the cheapest state so far, compared by cost − 10 × unit. */
    private final int[] cheapest;

    /**
     * Register at the start of the session.
     *
     * @param slack time to add to a step from there, in microseconds
     */
    record Origin(long at, long value, long slack) {}

    /**
     * Exceptions to the limit. Times are in microseconds.
     *
     * @param jumpsUntil jumps up to this instant are real
     * @param slackAtStop time to add to a step to SteVe's stop value
     * @param movedUntil times up to this one were moved; a step from them to a later one may have lasted until
     *     {@code seenAt}
     * @param seenAt when the session was first seen
     */
    record Allowance(long jumpsUntil, long slackAtStop, long movedUntil, long seenAt) {

        static final Allowance NONE = new Allowance(Long.MIN_VALUE, 0, Long.MIN_VALUE, Long.MIN_VALUE);

        private long slack(long from, long to, boolean isStop) {
            long across = from <= movedUntil && to > movedUntil ? Math.max(0, seenAt - from) : 0;
            return across + (isStop ? slackAtStop : 0);
        }
    }

    /**
     * @param origin empty if the first reading needs no step from the start value
     */
    RegisterPath(RegisterReadings readings, Optional<Origin> origin, PowerLimit limit, long step, Allowance allowance) {
        this.readings = readings;
        this.origin = origin;
        this.limit = limit;
        this.step = step;
        this.allowance = allowance;
        noise = Math.max(NOISE, step);
        int size = readings.size();
        instant = new int[size];
        unit = new int[size];
        cost = new int[size];
        beginnings = new int[size];
        ranks = new int[size];
        energy = new long[size];
        highest = new long[size];
        movedAt = new long[size];
        before = new int[size];
        restarted = new boolean[size];
        cheapest = new int[size];
        layOut();
        for (int i = 0; i < size; i++) {
            arrive(i);
            cheapest[i] = i > 0 && lead(cheapest[i - 1]) <= lead(i) ? cheapest[i - 1] : i;
        }
    }

    /** Readings of the path, by time; all others are left out. */
    int[] readings() {
        int last = NOWHERE;
        int units = readings.size() == 0 ? 0 : unit[readings.size() - 1] + 1;
        int best = origin.isPresent() ? LEFT_OUT * units : Integer.MAX_VALUE;
        for (int i = 0; i < readings.size(); i++) {
            int total = cost[i] + LEFT_OUT * (units - 1 - unit[i]);
            if (total < best || total == best && isBetterEnd(i, last)) {
                best = total;
                last = i;
            }
        }
        var path = new int[readings.size()];
        int size = 0;
        for (int i = last; i >= 0; i = before[i]) {
            path[size++] = i;
        }
        path = Arrays.copyOf(path, size);
        for (int i = 0; i < size / 2; i++) {
            int swapped = path[i];
            path[i] = path[size - 1 - i];
            path[size - 1 - i] = swapped;
        }
        return path;
    }

    /** Whether the register is reset at this reading of the path. */
    boolean restarts(int reading) {
        return restarted[reading];
    }

    /** Highest value since the last reset, at this reading of the path. */
    long level(int reading) {
        return highest[reading];
    }

    /** Least total cost, for comparison. */
    int leastCost() {
        int units = readings.size() == 0 ? 0 : unit[readings.size() - 1] + 1;
        int best = origin.isPresent() ? LEFT_OUT * units : Integer.MAX_VALUE;
        for (int i = 0; i < readings.size(); i++) {
            best = Math.min(best, cost[i] + LEFT_OUT * (units - 1 - unit[i]));
        }
        return best;
    }

    private boolean isBetterEnd(int one, int other) {
        if (other == NOWHERE) {
            return beginnings[one] == 0;
        }
        if (beginnings[one] != beginnings[other]) {
            return beginnings[one] < beginnings[other];
        }
        if (instant[one] != instant[other]) {
            return instant[one] > instant[other];
        }
        return ranks[one] != ranks[other] ? ranks[one] < ranks[other] : energy[one] < energy[other];
    }

    private void layOut() {
        int units = -1;
        boolean inZeros = false;
        for (int i = 0; i < readings.size(); i++) {
            if (readings.opensInstant(i)) {
                boolean zeros = isOfZeros(i);
                units += zeros && inZeros ? 0 : 1;
                inZeros = zeros;
                instant[i] = i;
            } else {
                instant[i] = instant[i - 1];
            }
            unit[i] = units;
        }
    }

    /** Equal values of one instant appear once, so an instant of zeros has one reading. */
    private boolean isOfZeros(int opening) {
        boolean alone = opening + 1 == readings.size() || readings.opensInstant(opening + 1);
        return alone && readings.value(opening) == 0 && readings.row(opening) != RegisterReadings.STOP;
    }

    /** Finds the best path that ends at this reading. */
    private void arrive(int to) {
        before[to] = NOWHERE;
        cost[to] = Integer.MAX_VALUE;
        int previous = instant[to] - 1;
        fromTheStart(to);
        int from = previous;
        while (from >= 0) {
            int skipped = from == previous ? 0 : unit[previous] - unit[from + 1] + 1;
            if (skipped > UNITS_LOOKED_BACK || lead(cheapest[from]) + LEFT_OUT * unit[previous] > cost[to]) {
                break;
            }
            int opening = instant[from];
            for (; from >= opening; from--) {
                offer(from, to, cost[from] + LEFT_OUT * skipped);
            }
            // The last reading of a run of zeros represents the run.
            while (from >= 0 && unit[from] == unit[opening] && opening != instant[to]) {
                from = instant[from] - 1;
            }
        }
        if (previous >= 0) {
            int far = cheapest[previous];
            int skipped = instant[far] == instant[previous] ? 0 : unit[previous] - unit[lastOfInstant(far) + 1] + 1;
            begin(far, to, cost[far] + LEFT_OUT * skipped);
        }
    }

    private void fromTheStart(int to) {
        int skipped = LEFT_OUT * (instant[to] == 0 ? 0 : unit[instant[to] - 1] + 1);
        if (origin.isEmpty()) {
            take(to, START, skipped, 0, 0, readings.value(to), readings.at(to), false);
            return;
        }
        var start = origin.get();
        if (isFeasible(start.value(), start.at(), start.at(), start.slack(), to)) {
            rise(to, START, skipped, 0, 0, 0, start.value(), start.at());
        }
        take(to, START, skipped + priceOfBeginning(start.value(), to), 1, 0, readings.value(to), readings.at(to), true);
    }

    private void offer(int from, int to, int price) {
        if (isFeasible(highest[from], readings.at(from), movedAt[from], 0, to)) {
            rise(to, from, price, beginnings[from], ranks[from], energy[from], highest[from], movedAt[from]);
        }
        begin(from, to, price);
    }

    private void begin(int from, int to, int price) {
        take(
                to,
                from,
                price + priceOfBeginning(highest[from], to),
                beginnings[from] + 1,
                energy[from],
                readings.value(to),
                readings.at(to),
                true);
    }

    private int priceOfBeginning(long level, int to) {
        long value = readings.value(to);
        return value < NEAR_ZERO && value < level ? BEGUN_NEAR_ZERO : RESTARTED;
    }

    private boolean isFeasible(long level, long at, long moved, long slack, int to) {
        long rise = readings.value(to) - level;
        if (rise <= 0) {
            return -rise <= noise;
        }
        long instantOfIt = readings.at(to);
        if (instantOfIt <= allowance.jumpsUntil()) {
            return true;
        }
        long time = Math.max(instantOfIt - at, Math.min(instantOfIt - moved, LONGEST_REST));
        long more = slack + allowance.slack(at, instantOfIt, readings.row(to) == RegisterReadings.STOP);
        return rise <= limit.energyIn(time + more) + step;
    }

    private void rise(int to, int from, int price, int begun, int rank, long brought, long level, long moved) {
        long rise = Math.max(0, readings.value(to) - level);
        keepIfBetter(
                to, from, price, begun, rank, brought + rise, level + rise, rise > 0 ? readings.at(to) : moved, false);
    }

    private void take(int to, int from, int price, int begun, long brought, long level, long moved, boolean isRestart) {
        keepIfBetter(to, from, price, begun, from >= 0 ? ranks[from] : 0, brought, level, moved, isRestart);
    }

    private void keepIfBetter(
            int to, int from, int price, int begun, int rank, long brought, long level, long moved, boolean isRestart) {
        int ranked = rank + readings.context(to).ordinal();
        boolean better = price != cost[to]
                ? price < cost[to]
                : begun != beginnings[to]
                        ? begun < beginnings[to]
                        : ranked != ranks[to] ? ranked < ranks[to] : brought < energy[to];
        if (better) {
            cost[to] = price;
            beginnings[to] = begun;
            ranks[to] = ranked;
            energy[to] = brought;
            highest[to] = level;
            movedAt[to] = moved;
            before[to] = from;
            restarted[to] = isRestart;
        }
    }

    private int lead(int reading) {
        return cost[reading] - LEFT_OUT * unit[reading];
    }

    private int lastOfInstant(int reading) {
        int last = reading;
        while (last + 1 < readings.size() && instant[last + 1] == instant[reading]) {
            last++;
        }
        return last;
    }
}
