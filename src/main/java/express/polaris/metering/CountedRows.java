package express.polaris.metering;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The rows of an answer that count: readable, timed within the session by the corrected clock, in the order of time. */
final class CountedRows {

    private final MeterValues values;
    private final StationClock clock;

    /** Row numbers in the order of time; equal times in the order of the answer. */
    private final int[] rows;

    private Optional<Instant> heldUntil = Optional.empty();

    /** @param untilStop leave out what lies after the stop */
    CountedRows(MeterValues values, StationClock clock, boolean untilStop, RowLedger ledger) {
        this.values = values;
        this.clock = clock;
        var within = new int[values.size()];
        int size = 0;
        for (int row = 0; row < values.size(); row++) {
            if (values.lane(row) >= 0 && isWithin(row, untilStop, ledger)) {
                within[size++] = row;
            }
        }
        rows = sorted(Arrays.copyOf(within, size));
    }

    int size() {
        return rows.length;
    }

    int row(int index) {
        return rows[index];
    }

    long at(int index) {
        return clock.corrected(values.at(rows[index]));
    }

    long quantity(int index) {
        return values.quantity(rows[index]);
    }

    MeterValues.Lane lane(int index) {
        return values.lanes().get(values.lane(rows[index]));
    }

    Context context(int index) {
        return values.context(rows[index]);
    }

    /** The earliest instant at which a row that lies ahead counts. */
    Optional<Instant> heldUntil() {
        return heldUntil;
    }

    /** Indices of the rows that fit, in the order of time. */
    int[] where(IntPredicate fits) {
        var found = new int[rows.length];
        int size = 0;
        for (int index = 0; index < rows.length; index++) {
            if (fits.test(index)) {
                found[size++] = index;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private boolean isWithin(int row, boolean untilStop, RowLedger ledger) {
        long at = clock.corrected(values.at(row));
        if (at < clock.startedAt()) {
            ledger.reject(row, Fate.BEFORE_START);
            return false;
        }
        if (untilStop && clock.stoppedAt().filter(stop -> at > stop).isPresent()) {
            ledger.reject(row, Fate.AFTER_STOP);
            return false;
        }
        if (clock.isAhead(at)) {
            ledger.reject(row, Fate.HELD_UNTIL);
            var usable = StationClock.usableFrom(at);
            heldUntil = Optional.of(heldUntil.filter(usable::isAfter).orElse(usable));
            return false;
        }
        return true;
    }

    /** SteVe sends rows in the order of time, so that there is mostly nothing to do. */
    private int[] sorted(int[] found) {
        for (int i = 1; i < found.length; i++) {
            if (at(found, i) < at(found, i - 1)) {
                return Arrays.stream(found)
                        .boxed()
                        .sorted((one, other) ->
                                Long.compare(clock.corrected(values.at(one)), clock.corrected(values.at(other))))
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        return found;
    }

    private long at(int[] found, int index) {
        return clock.corrected(values.at(found[index]));
    }
}
