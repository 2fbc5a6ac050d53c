package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** The steps of sync without its threads: what is claimed is read, one after the other. */
@Component
class SyncCycle {

    /** Longer than a read takes; after a crash any node reads again. */
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
     * Sessions that somebody waits for come first, but every fourth time the one that has waited longest: however many
     * are watched, the others are read too.
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

    /** The live session that is read next, whether its time has come or not: the one that finds out whether SteVe answers. */
    Optional<SessionId> claimTrial() {
        return sessions.claimNextLive(clock.instant().plus(CLAIM));
    }

    List<SessionId> claimBackfill(int limit) {
        return sessions.claimBackfill(clock.instant().plus(CLAIM), limit);
    }

    /** @return whether SteVe can be asked for more; false while its calls keep failing */
    boolean read(SessionId id) {
        return read(id, () -> {});
    }

    /** @param answered is run once SteVe has answered, or has not: before the answer is stored */
    boolean read(SessionId id, Runnable answered) {
        return reader.read(id, answered);
    }
}
