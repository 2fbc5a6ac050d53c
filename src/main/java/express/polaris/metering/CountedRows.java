package express.polaris.metering;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rows of an answer that count: readable, within the session by their corrected times, not ahead of time; by
 * time.
 */
final class CountedRows {

    private final MeterValues values;
    private final StationClock clock;

    /** Row numbers by time; rows of equal time in the order of the answer. */
    private final int[] rows;

    private Optional<Instant> heldUntil = Optional.empty();

    /**
     * @param untilStop whether to leave out rows after the stop
     */
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

    /** Earliest instant at which a held-back row will count. */
    Optional<Instant> heldUntil() {
        return heldUntil;
    }

    /** Indices of the rows that match, by time. */
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

    /** Usually does nothing, because SteVe sends rows by time. */
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
