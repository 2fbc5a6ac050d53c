package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.cards.IdTag;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.StuckCause;
import express.polaris.sync.SyncFault;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The facts of one thing that needs attention. */
public sealed interface Finding {

    default AttentionKind kind() {
        return switch (this) {
            case AccountingDifference _ -> AttentionKind.ACCOUNTING_DIFFERENCE;
            case SyncPaused _ -> AttentionKind.SYNC_PAUSED;
            case SyncStopped _ -> AttentionKind.SYNC_STOPPED;
            case SteveAway _, SyncError _ -> AttentionKind.SYNC_ERROR;
            case StuckSession _ -> AttentionKind.STUCK_SESSION;
            case AwaitingFinalReading _ -> AttentionKind.AWAITING_FINAL_READING;
            case UnlinkedTag _ -> AttentionKind.UNLINKED_TAG;
            case ImplausibleEnergy _ -> AttentionKind.IMPLAUSIBLE_ENERGY;
            case NoSubscription _, NoPlan _, PriceFailed _ -> AttentionKind.UNPRICED_SESSIONS;
            case UnsupportedPlan _ -> AttentionKind.UNSUPPORTED_PLAN;
            case ReusedId _ -> AttentionKind.REUSED_ID;
            case VanishedTransaction _ -> AttentionKind.VANISHED_TRANSACTION;
            case DisputedEnergy _ -> AttentionKind.DISPUTED_ENERGY;
            case WrongClock _ -> AttentionKind.WRONG_CLOCK;
            case FailedMail _ -> AttentionKind.FAILED_MAIL;
            case LostCard _ -> AttentionKind.LOST_CARD;
            case DriverNote _ -> AttentionKind.DRIVER_NOTE;
            case More it -> it.of();
        };
    }

    /** A driver as an operator calls them. */
    record Person(AccountId id, String name) {}

    /** Events of this session do not come to the energy that counts. */
    record AccountingDifference(SessionId session) implements Finding {}

    record SyncPaused(SyncFault fault) implements Finding {}

    /** @param why in the words of the operator who paused it */
    record SyncStopped(String why) implements Finding {}

    /**
     * SteVe gives no answers: one trouble, however many transactions wait for it.
     *
     * @param waiting how many transactions could not be read; 0 while none was tried
     * @param fault the latest
     * @param run the latest that has it
     */
    record SteveAway(long waiting, SyncFault fault, long run) implements Finding {}

    /** @param run the latest that has it */
    record SyncError(Optional<Long> transaction, SyncFault fault, long run) implements Finding {}

    /** @param cause why it is taken for stuck */
    record StuckSession(SessionId session, String charger, StuckCause cause) implements Finding {}

    /** @param fault why there is no closing reading; empty when it has not been read since */
    record AwaitingFinalReading(SessionId session, Optional<ClosingFault> fault) implements Finding {}

    /** @param charging one of its sessions is live */
    record UnlinkedTag(IdTag idTag, long sessions, Energy energy, boolean charging) implements Finding {}

    /** Energy that waits for an operator's word. */
    record ImplausibleEnergy(SessionId session, Energy energy) implements Finding {}

    /** A driver's sessions that no subscription covers. */
    record NoSubscription(Person driver, long sessions, Energy energy) implements Finding {}

    /** Sessions have no price because nobody has made a plan yet. */
    record NoPlan(long sessions, Energy energy) implements Finding {}

    /** The session's price could not be looked up. */
    record PriceFailed(SessionId session) implements Finding {}

    /** @param features what is not computed, as the plan's faults name it */
    record UnsupportedPlan(String code, int version, List<String> features, long subscriptions) implements Finding {}

    record ReusedId(SessionId session, SyncFault fault) implements Finding {}

    /** @param energy of its last reading, on which it was closed */
    record VanishedTransaction(SessionId session, Energy energy) implements Finding {}

    /**
     * The two numbers of a session's energy do not agree.
     *
     * @param larger SteVe's is the larger one: nothing of the session is invoiced
     * @param stake by how much they differ
     * @param price of that, at the driver's price; empty where it cannot be told
     */
    record DisputedEnergy(SessionId session, boolean larger, Energy stake, Optional<Money> price) implements Finding {}

    /** @param steveStartedAt the start that SteVe has */
    record WrongClock(SessionId session, Instant startedAt, Instant steveStartedAt) implements Finding {}

    /** @param mailKind as it was queued, e.g. {@code session_ended} */
    record FailedMail(long mail, Person recipient, String mailKind, String error) implements Finding {}

    /** Operators were told that this card is lost. */
    record LostCard(Person driver, long card) implements Finding {}

    /** @param words the driver's own */
    record DriverNote(Person driver, SessionId session, String words) implements Finding {}

    /** There are more of this kind than are told one by one. */
    record More(AttentionKind of) implements Finding {}
}
