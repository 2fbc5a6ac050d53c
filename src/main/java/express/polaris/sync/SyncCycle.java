package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.SessionImport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Steps of sync without its threads: claims sessions and reads them one after the other. */
@Component
class SyncCycle {

    /** Longer than a read usually takes; after a crash any node can read again. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    private static final int IN_TURN = 4;

    private final SessionImport sessions;
    private final ExpectedStarts expected;
    private final SessionReader reader;
    private final Clock clock;
    private final AtomicInteger claims = new AtomicInteger();

    SyncCycle(SessionImport sessions, ExpectedStarts expected, SessionReader reader, Clock clock) {
        this.sessions = sessions;
        this.expected = expected;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Claims due sessions, awaited ones first. Every fourth claim begins with the session that has waited longest, so
     * that the others are read however many are watched.
     */
    List<SessionId> claimDue(int limit) {
        boolean inTurn = claims.incrementAndGet() % IN_TURN == 0;
        var claimed = new ArrayList<SessionId>();
        if (inTurn) {
            claimed.addAll(sessions.claimDue(clock.instant().plus(CLAIM), List.of(), 1));
        }
        if (claimed.size() < limit) {
            claimed.addAll(sessions.claimDue(clock.instant().plus(CLAIM), expected.awaited(), limit - claimed.size()));
        }
        return claimed;
    }

    /** Claims the live session that is read next, even if its read is not due: it tests whether SteVe answers. */
    Optional<SessionId> claimTrial() {
        return sessions.claimNextLive(clock.instant().plus(CLAIM));
    }

    List<SessionId> claimBackfill(int limit) {
        return sessions.claimBackfill(clock.instant().plus(CLAIM), limit);
    }

    /**
     * @return whether more reads can be sent; false while the circuit breaker is open
     */
    boolean read(SessionId id) {
        return read(id, () -> {});
    }

    /**
     * @param answered runs once SteVe has answered or failed, before the answer is stored
     */
    boolean read(SessionId id, Runnable answered) {
        return reader.read(id, answered);
    }
}
