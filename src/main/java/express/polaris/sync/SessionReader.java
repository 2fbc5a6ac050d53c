package express.polaris.sync;

import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.ImportResult;
import express.polaris.sessions.events.SessionImport;
import express.polaris.steve.SteveUnavailable;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads one session from SteVe and applies the answer. The session, its sync state and the time of its next read change
 * in one transaction. Every failure is recorded in the run and concerns this session alone.
 */
@Component
class SessionReader {

    private static final Logger log = LoggerFactory.getLogger(SessionReader.class);
    private static final int VANISHED_AFTER_MISSES = 3;
    private static final Duration VANISHED_AFTER = Duration.ofHours(1);
    private static final Duration UNTIL_NEXT_MISS = Duration.ofMinutes(30);

    /** Another node has read the session meanwhile; if its clock is ahead, an immediate retry would fail again. */
    private static final Duration AFTER_AN_OUTDATED_ANSWER = Duration.ofSeconds(5);

    /** A large answer waits for memory without occupying a thread or a call. */
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(2);

    private final AnswerReader steve;
    private final SessionImport sessions;
    private final ExpectedStarts expected;
    private final SyncReads reads;
    private final SyncCursorRepository cursors;
    private final RunRecorder recorder;
    private final Clock clock;
    private final TransactionOperations transaction;
    private final Map<SessionId, Rhythm> rhythms = new ConcurrentHashMap<>();
    private final Set<SessionId> underway = ConcurrentHashMap.newKeySet();

    SessionReader(
            AnswerReader steve,
            SessionImport sessions,
            ExpectedStarts expected,
            SyncReads reads,
            SyncCursorRepository cursors,
            RunRecorder recorder,
            Clock clock,
            TransactionOperations transaction) {
        this.steve = steve;
        this.sessions = sessions;
        this.expected = expected;
        this.reads = reads;
        this.cursors = cursors;
        this.recorder = recorder;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Never throws: the next read is scheduled in any case, or the claim expires.
     *
     * @return whether more reads can be sent; false while the circuit breaker is open
     */
    boolean read(SessionId id) {
        return read(id, () -> {});
    }

    /**
     * @param answered runs once SteVe has answered or failed, before the answer is stored
     */
    boolean read(SessionId id, Runnable answered) {
        // A read that outlasts its claim is claimed again, which extends the claim and does nothing else.
        if (!underway.add(id)) {
            answered.run();
            return true;
        }
        try {
            return readAlone(id, answered);
        } finally {
            underway.remove(id);
        }
    }

    /** Lets sessions be read whose earlier reads still hang, because SteVe answers again. */
    void forgetHangingReads() {
        underway.clear();
    }

    private boolean readAlone(SessionId id, Runnable answered) {
        var askedAt = now();
        long begun = System.nanoTime();
        try {
            var answer = ask(id, answered);
            if (answer.isPresent()) {
                var asked = new Asked(askedAt, since(begun));
                try (var taken = answer.get()) {
                    take(id, taken, asked);
                }
            } else {
                absent(id);
            }
        } catch (LargeAnswers.NoRoom e) {
            inTransaction(() -> {
                sessions.schedule(id, Optional.of(now().plus(UNTIL_THERE_IS_ROOM)));
                return true;
            });
        } catch (SteveUnavailable e) {
            if (e.reason() == SteveUnavailable.Reason.CIRCUIT_OPEN) {
                recorder.error(Optional.empty(), SyncFault.of(e));
                notSent(id);
                return false;
            }
            failed(id, SyncFault.of(e));
        } catch (TransactionException e) {
            log.warn("Cannot store transaction {}", id, e);
            failed(id, SyncFault.of(SyncReason.NO_DATABASE.with()));
        } catch (DataAccessException e) {
            log.warn("Cannot store transaction {}", id, e);
            failed(id, SyncFault.of(SyncReason.NOT_STORED.with(), rootMessage(e)));
        } catch (RuntimeException e) {
            log.error("Cannot apply SteVe's answer about transaction {}", id, e);
            failed(id, SyncFault.of(SyncReason.NOT_TAKEN_OVER.with()));
        } catch (OutOfMemoryError e) {
            log.error("Not enough memory for the answer about transaction {}", id, e);
            failed(id, SyncFault.of(SyncReason.NO_MEMORY.with()));
        }
        return true;
    }

    /**
     * A request to SteVe.
     *
     * @param took time until the complete answer
     */
    private record Asked(Instant at, Duration took) {}

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private Optional<AnswerReader.Answer> ask(SessionId id, Runnable answered) {
        try {
            return steve.ask(id);
        } finally {
            answered.run();
        }
    }

    /** Forgets what was learned about sessions that are not live. */
    void forgetAllBut(Collection<SessionId> live) {
        rhythms.keySet().retainAll(Set.copyOf(live));
        steve.forgetAllBut(live);
    }

    /** Resets the empty reads of a session that is now watched. */
    void forgetEmptyReads(SessionId id) {
        rhythms.computeIfPresent(id, (key, rhythm) -> rhythm.withoutEmptyReads());
    }

    private void take(SessionId id, AnswerReader.Answer answer, Asked asked) {
        switch (SteveRowReader.row(answer.transaction())) {
            case SteveRowReader.Row.Refused(long ignored, var why) ->
                failed(id, why.within(SyncReason.NOT_BELIEVED, id.value()));
            case SteveRowReader.Row.Readable(var facts)
            when !facts.id().equals(id) ->
                failed(
                        id,
                        SyncFault.of(SyncReason.OTHER_TRANSACTION.with(
                                id.value(), facts.id().value())));
            case SteveRowReader.Row.Readable(var facts) -> {
                tell(facts, inTransaction(() -> {
                    var applied = sessions.apply(facts, answer.values(), answer.kept(), asked.at());
                    switch (applied) {
                        case ImportResult.Taken taken -> taken(id, taken, asked);
                        case ImportResult.Outdated() ->
                            sessions.schedule(id, Optional.of(now().plus(AFTER_AN_OUTDATED_ANSWER)));
                        case ImportResult.Conflict(var known, var found) -> {
                            reads.conflict(id, SyncFault.conflict(known, found));
                            sessions.schedule(id, Optional.empty());
                        }
                    }
                    return applied;
                }));
                answer.firstUnreadable()
                        .ifPresent(row -> recorder.error(
                                Optional.of(id.value()),
                                SyncFault.of(
                                        SyncReason.VALUES_UNREADABLE.with(answer.unreadable(), row.position()),
                                        row.reason())));
            }
        }
    }

    private void taken(SessionId id, ImportResult.Taken taken, Asked asked) {
        int readsSinceStop = reads.succeeded(id, taken.isLive());
        sessions.schedule(id, nextRead(id, taken, readsSinceStop, asked));
    }

    private Optional<Instant> nextRead(SessionId id, ImportResult.Taken taken, int readsSinceStop, Asked asked) {
        if (!taken.isLive()) {
            rhythms.remove(id);
            return PollPlan.afterStop(readsSinceStop, taken.heldUntil(), now());
        }
        var rhythm = rhythms.getOrDefault(id, Rhythm.UNKNOWN)
                .learnt(taken.lastReadingAt(), taken.samplingInterval(), asked.at());
        rhythms.put(id, rhythm);
        boolean watched = expected.awaited().contains(id);
        var now = now();
        return Optional.of(
                PollPlan.sparing(rhythm.next(taken.samplingInterval(), watched, now), asked.took(), watched, now));
    }

    /** Records the result in the run, once the change is stored. */
    private void tell(TransactionFacts facts, ImportResult applied) {
        var id = Optional.of(facts.id().value());
        switch (applied) {
            case ImportResult.Taken taken -> {
                recorder.read(taken.eventsWritten());
                taken.closingFault().ifPresent(fault -> recorder.error(id, unclosed(fault, facts)));
            }
            case ImportResult.Outdated() -> {}
            case ImportResult.Conflict(var known, var found) -> recorder.error(id, SyncFault.conflict(known, found));
        }
    }

    private static SyncFault unclosed(ClosingFault fault, TransactionFacts facts) {
        return SyncFault.of(
                switch (fault) {
                    case MISSING -> SyncReason.NO_STOP_VALUE.with();
                    case BELOW_START ->
                        SyncReason.STOP_BELOW_START.with(
                                facts.stop()
                                        .flatMap(stop -> stop.value())
                                        .map(SessionReader::wattHours)
                                        .orElse("?"),
                                wattHours(facts.startValue()));
                });
    }

    private static String wattHours(Energy energy) {
        return energy.wattHours().stripTrailingZeros().toPlainString();
    }

    /** Handles a transaction that SteVe itself does not know: its tag was deleted, or this is another SteVe. */
    private void absent(SessionId id) {
        var isGone = inTransaction(() -> {
            var now = now();
            sessions.hold(List.of(id));
            var absence = reads.missed(id, now);
            boolean longEnough = absence.times() >= VANISHED_AFTER_MISSES
                    && !absence.since().plus(VANISHED_AFTER).isAfter(now);
            var cursor = cursors.read();
            boolean compared = cursor.lastWideReadAt()
                    .filter(at -> at.isAfter(absence.since()))
                    .isPresent();
            if (longEnough && compared && cursor.ownPause().isEmpty()) {
                sessions.gone(id);
                return true;
            }
            sessions.schedule(id, Optional.of(now.plus(UNTIL_NEXT_MISS)));
            return false;
        });
        recorder.error(
                Optional.of(id.value()),
                SyncFault.of((isGone ? SyncReason.GONE : SyncReason.UNKNOWN_IN_STEVE).with(id.value())));
    }

    private <T> T inTransaction(Supplier<T> change) {
        return Objects.requireNonNull(transaction.execute(status -> change.get()));
    }

    private void failed(SessionId id, SyncFault fault) {
        recorder.error(Optional.of(id.value()), fault);
        readLater(id, fault);
    }

    /** Keeps the session due: no request was sent, so nothing failed. */
    private void notSent(SessionId id) {
        try {
            sessions.schedule(id, Optional.of(now()));
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot release transaction {} for reading; its claim will expire", id, e);
        }
    }

    private void readLater(SessionId id, SyncFault fault) {
        try {
            transaction.executeWithoutResult(status -> {
                sessions.hold(List.of(id));
                int failures = reads.failed(id, fault);
                double jitter = ThreadLocalRandom.current().nextDouble();
                sessions.schedule(id, Optional.of(PollPlan.afterFailure(failures, jitter, now())));
            });
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot schedule the next read of transaction {}; its claim will expire", id, e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String rootMessage(DataAccessException e) {
        var message = e.getMostSpecificCause().getMessage();
        return message == null ? "unknown" : message.lines().findFirst().orElse("unknown");
    }
}
