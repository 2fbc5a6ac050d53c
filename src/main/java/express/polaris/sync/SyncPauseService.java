package express.polaris.sync;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pausing and resuming of sync by an operator, each together with its audit-log entry. The pause is stored in the
 * database; a notice tells all nodes, and without it they see it within a second. Reads in progress finish, and an
 * operator's own commands are still executed.
 */
@Service
public class SyncPauseService {

    private static final String SUBJECT = "sync";

    private final SyncCursorRepository cursors;
    private final SyncReads reads;
    private final AuditLog audit;
    private final Clock clock;

    SyncPauseService(SyncCursorRepository cursors, SyncReads reads, AuditLog audit, Clock clock) {
        this.cursors = cursors;
        this.reads = reads;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Pauses sync.
     *
     * @param why in the operator's words
     * @return false if sync was already paused; that pause stays unchanged
     */
    @Transactional
    public boolean pause(AccountId operator, String why) {
        boolean paused =
                cursors.pause(new OperatorPause(clock.instant().truncatedTo(ChronoUnit.MILLIS), operator, why));
        if (paused) {
            audit.record(Optional.of(operator), "sync.pause", SUBJECT, Map.of("reason", why));
        }
        return paused;
    }

    /**
     * @return whether an operator had paused sync
     */
    @Transactional
    public boolean resume(AccountId operator) {
        boolean resumed = cursors.resume();
        if (resumed) {
            audit.record(Optional.of(operator), "sync.resume", SUBJECT, Map.of());
        }
        return resumed;
    }

    /**
     * Ends the pause that sync set itself because too many transactions vanished at once: the operator confirms that
     * this is the right SteVe and that they are gone. They are closed on their last readings after the usual hour;
     * further ones that vanish cause a new pause.
     *
     * @param why in the operator's words
     * @return whether there was such a pause
     */
    @Transactional
    public boolean acceptVanished(AccountId operator, String why) {
        var pause = cursors.forgetOwnPause();
        if (pause.isEmpty()) {
            return false;
        }
        int accepted = reads.acceptAbsences();
        cursors.wideReadIsDue();
        audit.record(
                Optional.of(operator),
                "sync.accept-vanished",
                SUBJECT,
                Map.of("reason", why, "pause", pause.get().english(), "transactions", accepted));
        return true;
    }
}
