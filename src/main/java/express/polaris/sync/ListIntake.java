package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.DiscoveryResult;
import express.polaris.sessions.events.SessionImport;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
import express.polaris.steve.TransactionFilter;
import express.polaris.steve.TransactionVisitor;
import express.polaris.steve.UnreadableRow;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Applies rows of SteVe's lists. A bad row is left out with its reason, and does not keep others from being stored. */
@Component
class ListIntake {

    private static final Logger log = LoggerFactory.getLogger(ListIntake.class);
    static final int ROWS_IN_ONE_TRANSACTION = 200;

    private final SessionImport sessions;
    private final SyncReads reads;
    private final RunRecorder recorder;
    private final Clock clock;
    private final TransactionOperations transaction;
    private final ExpectedStarts expected;

    ListIntake(
            SessionImport sessions,
            SyncReads reads,
            RunRecorder recorder,
            Clock clock,
            TransactionOperations transaction,
            ExpectedStarts expected) {
        this.sessions = sessions;
        this.reads = reads;
        this.recorder = recorder;
        this.clock = clock;
        this.transaction = transaction;
        this.expected = expected;
    }

    /**
     * When a list was requested.
     *
     * @param overBefore a new session that ended before this needs only one read
     */
    record Asked(Instant at, Instant overBefore) {
        static Asked at(Instant instant) {
            return new Asked(instant, Instant.EPOCH);
        }

        boolean isOver(TransactionFacts facts) {
            return facts.stop().filter(stop -> stop.at().isBefore(overBefore)).isPresent();
        }
    }

    /**
     * Applies a list of any length as it arrives.
     *
     * @param there receives the ids of all listed transactions, readable or not
     */
    void visit(SteveClient steve, TransactionFilter filter, Asked asked, TransactionIds there) {
        var batch = new Batch(asked, there);
        steve.visit(filter, batch);
        batch.take();
    }

    private final class Batch implements TransactionVisitor {

        private final Asked asked;
        private final TransactionIds there;
        private final List<SteveTransaction> rows = new ArrayList<>(ROWS_IN_ONE_TRANSACTION);
        private final List<UnreadableRow> unreadable = new ArrayList<>();

        Batch(Asked asked, TransactionIds there) {
            this.asked = asked;
            this.there = there;
        }

        @Override
        public boolean transaction(SteveTransaction transaction) {
            if (SteveRowReader.isId(transaction.id())) {
                there.add(transaction.id());
            }
            rows.add(transaction);
            return takenWhenFull();
        }

        @Override
        public boolean unreadable(UnreadableRow row) {
            row.id().filter(SteveRowReader::isId).ifPresent(there::add);
            unreadable.add(row);
            return takenWhenFull();
        }

        private boolean takenWhenFull() {
            if (rows.size() + unreadable.size() >= ROWS_IN_ONE_TRANSACTION) {
                take();
            }
            return true;
        }

        void take() {
            ListIntake.this.take(new SteveTransactionList(rows, unreadable), asked);
            rows.clear();
            unreadable.clear();
        }
    }

    /** Applies a list; rows that cannot be applied are recorded in the run. */
    void take(SteveTransactionList list, Asked asked) {
        list.unreadable()
                .forEach(row -> recorder.error(row.id(), SyncFault.of(SyncReason.ROW_UNREADABLE.with(), row.reason())));
        var readable = new TreeMap<SessionId, TransactionFacts>();
        for (var transaction : list.transactions()) {
            switch (SteveRowReader.row(transaction)) {
                case SteveRowReader.Row.Readable(var facts) -> readable.put(facts.id(), facts);
                case SteveRowReader.Row.Refused(var id, var why) ->
                    recorder.error(Optional.of(id), why.within(SyncReason.LEFT_OUT, id));
            }
        }
        var rows = List.copyOf(readable.values());
        for (int from = 0; from < rows.size(); from += ROWS_IN_ONE_TRANSACTION) {
            takeTogether(rows.subList(from, Math.min(from + ROWS_IN_ONE_TRANSACTION, rows.size())), asked);
        }
    }

    /** An unavailable database ends the round instead, so that no row is passed over because it could not be stored. */
    private void takeTogether(List<TransactionFacts> rows, Asked asked) {
        try {
            store(rows, asked);
        } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
            log.warn("Cannot store {} transactions together; storing them one by one", rows.size(), e);
            rows.forEach(row -> takeAlone(row, asked));
        }
    }

    private void takeAlone(TransactionFacts row, Asked asked) {
        try {
            store(List.of(row), asked);
        } catch (DataIntegrityViolationException e) {
            log.warn("Cannot store transaction {}", row.id(), e);
            recorder.error(
                    Optional.of(row.id().value()),
                    SyncFault.of(SyncReason.ROW_NOT_STORED.with(row.id().value())));
        }
    }

    private void store(List<TransactionFacts> rows, Asked asked) {
        var outcomes = Objects.requireNonNull(transaction.execute(status -> {
            var discovered = sessions.discover(rows, asked.at());
            discovered.forEach((id, outcome) -> {
                if (outcome instanceof DiscoveryResult.Closed) {
                    reads.closingBeginsAgain(id);
                }
            });
            reads.needOneReadOnly(rows.stream()
                    .filter(asked::isOver)
                    .map(TransactionFacts::id)
                    .filter(id -> discovered.get(id) instanceof DiscoveryResult.Started)
                    .toList());
            return discovered;
        }));
        rows.stream()
                .filter(row -> outcomes.get(row.id()) instanceof DiscoveryResult.Started)
                .forEach(row -> expected.begun(row.id(), row.chargeBoxId()));
        int news = 0;
        for (var outcome : outcomes.entrySet()) {
            switch (outcome.getValue()) {
                case DiscoveryResult.Started(), DiscoveryResult.Closed() -> news++;
                case DiscoveryResult.Doubtful(), DiscoveryResult.Unchanged() -> {}
                case DiscoveryResult.Conflict(var known, var found) ->
                    recorder.error(Optional.of(outcome.getKey().value()), SyncFault.conflict(known, found));
            }
        }
        recorder.discovered(news);
        rememberConflicts(outcomes);
    }

    /**
     * Runs in its own transaction, which locks the sessions first and in order, because other transactions lock them
     * too.
     */
    private void rememberConflicts(Map<SessionId, DiscoveryResult> outcomes) {
        var begun = new TreeMap<SessionId, SyncFault>();
        var unchanged = new ArrayList<SessionId>();
        outcomes.forEach((id, outcome) -> {
            switch (outcome) {
                case DiscoveryResult.Conflict(var known, var found) -> begun.put(id, SyncFault.conflict(known, found));
                case DiscoveryResult.Unchanged() -> unchanged.add(id);
                case DiscoveryResult.Closed(), DiscoveryResult.Started(), DiscoveryResult.Doubtful() -> {}
            }
        });
        var over = reads.inConflict(unchanged);
        if (begun.isEmpty() && over.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            sessions.hold(Stream.concat(begun.keySet().stream(), over.stream()).toList());
            begun.forEach((id, reason) -> {
                reads.conflict(id, reason);
                sessions.schedule(id, Optional.empty());
            });
            reads.conflictsOver(over).forEach(id -> sessions.schedule(id, Optional.of(now())));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
