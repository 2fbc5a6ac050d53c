package express.polaris.sync;

import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
import express.polaris.steve.TransactionVisitor;
import express.polaris.steve.UnreadableRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Collects what a list, newest first, has above a mark: the first rows completely, of the others the ids. */
final class TransactionsAboveMark implements TransactionVisitor {

    /** About 2 MB of rows. */
    private static final int ROWS_KEPT = 5_000;

    /** Number of ids below the highest that are remembered, including those already applied. */
    private static final int RECENT = 1_000;

    private final long mark;
    private final Optional<CatchUpState> before;
    private final List<SteveTransaction> rows = new ArrayList<>();
    private final List<UnreadableRow> unreadable = new ArrayList<>();
    private final TransactionIds left = new TransactionIds();
    private final Set<Long> recent = new HashSet<>();
    private long highest;
    private long lowestRow = SteveRowReader.HIGHEST_ID;

    /**
     * @param before what is already applied
     */
    TransactionsAboveMark(long mark, Optional<CatchUpState> before) {
        this.mark = mark;
        this.before = before;
    }

    @Override
    public boolean transaction(SteveTransaction transaction) {
        long id = transaction.id();
        if (SteveRowReader.isId(id) && isKnown(id)) {
            return id > mark;
        }
        if (rows.size() < ROWS_KEPT) {
            rows.add(transaction);
            lowestRow = SteveRowReader.isId(id) ? Math.min(lowestRow, id) : lowestRow;
        } else if (SteveRowReader.isId(id)) {
            left.add(id);
        }
        return true;
    }

    @Override
    public boolean unreadable(UnreadableRow row) {
        if (row.id().filter(SteveRowReader::isId).filter(this::isKnown).isPresent()) {
            return row.id().get() > mark;
        }
        if (unreadable.size() < ROWS_KEPT) {
            unreadable.add(row);
        }
        return true;
    }

    private boolean isKnown(long id) {
        highest = Math.max(highest, id);
        if (id > highest - RECENT) {
            recent.add(id);
        }
        return id <= mark || before.filter(state -> state.isThere(id)).isPresent();
    }

    SteveTransactionList rows() {
        return new SteveTransactionList(rows, unreadable);
    }

    /** Once the rows are applied, every existing id from this one up to the highest is stored. */
    long takenFrom() {
        return before.filter(state -> lowestRow <= state.top() || rows.isEmpty())
                .map(state -> Math.min(state.below(), lowestRow))
                .orElse(lowestRow);
    }

    /** Ids whose rows were not kept. */
    TransactionIds left() {
        return left;
    }

    int count() {
        return rows.size() + left.size();
    }

    /** Highest listed id; 0 for an empty list. */
    long highest() {
        return highest;
    }

    /** Ids above the mark that the list does not have, among this many up to the highest. */
    List<Long> missing(int ofTheLast) {
        return LongStream.rangeClosed(Math.max(mark + 1, highest - ofTheLast), highest)
                .filter(id -> !recent.contains(id))
                .boxed()
                .toList();
    }
}
