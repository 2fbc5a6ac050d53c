package express.polaris.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what became of each row. The first word on a row stands: a row cannot have two outcomes, nor none. */
final class RowLedger {

    private final List<Optional<RowOutcome>> outcomes;

    RowLedger(int rows) {
        outcomes = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            outcomes.add(Optional.empty());
        }
    }

    void reject(int row, String reason) {
        settle(new RowOutcome(row, Optional.empty(), reason));
    }

    void reject(MeterReading reading, String reason) {
        reading.rows().forEach(row -> reject(row, reason));
    }

    void became(MeterReading reading, int position, String reason) {
        reading.rows().forEach(row -> settle(new RowOutcome(row, Optional.of(position), reason)));
    }

    List<RowOutcome> outcomes() {
        var all = new ArrayList<RowOutcome>(outcomes.size());
        for (int row = 0; row < outcomes.size(); row++) {
            int unspoken = row;
            all.add(outcomes.get(row).orElseGet(() -> new RowOutcome(unspoken, Optional.empty(), "no_event")));
        }
        return List.copyOf(all);
    }

    private void settle(RowOutcome outcome) {
        if (outcomes.get(outcome.row()).isEmpty()) {
            outcomes.set(outcome.row(), Optional.of(outcome));
        }
    }
}
