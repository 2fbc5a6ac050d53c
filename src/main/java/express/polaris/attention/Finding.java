package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.billing.tariffs.StoredSeries.PollFailure;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.StuckCause;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncFault;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Facts of one finding that needs attention. */
public sealed interface Finding {

    default AttentionKind kind() {
        return switch (this) {
            case AccountingDifference _ -> AttentionKind.ACCOUNTING_DIFFERENCE;
            case SteveNeverReached _ -> AttentionKind.STEVE_NEVER_REACHED;
            case SyncPaused _ -> AttentionKind.SYNC_PAUSED;
            case SyncStopped _ -> AttentionKind.SYNC_STOPPED;
            case SteveAway _, SyncError _ -> AttentionKind.SYNC_ERROR;
            case StuckSession _ -> AttentionKind.STUCK_SESSION;
            case AwaitingFinalReading _ -> AttentionKind.AWAITING_FINAL_READING;
            case UnlinkedTag _ -> AttentionKind.UNLINKED_TAG;
            case ImplausibleEnergy _ -> AttentionKind.IMPLAUSIBLE_ENERGY;
            case NoSubscription _, NoPlan _, PriceFailed _ -> AttentionKind.UNPRICED_SESSIONS;
            case UnsupportedPlan _ -> AttentionKind.UNSUPPORTED_PLAN;
            case PreparedInvoices _ -> AttentionKind.PREPARED_INVOICES;
            case FailedPricePoll _ -> AttentionKind.FAILED_PRICE_POLL;
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

    /** Driver, by id and name. */
    record Person(AccountId id, String name) {}

    /** The events of this session do not add up to its energy. */
    record AccountingDifference(SessionId session) implements Finding {}

    /**
     * SteVe never gave a usable answer.
     *
     * @param fault the latest
     */
    record SteveNeverReached(SyncFault fault) implements Finding {}

    record SyncPaused(SyncFault fault) implements Finding {}

    /**
     * @param why the reason that the operator who paused sync gave
     */
    record SyncStopped(String why) implements Finding {}

    /**
     * SteVe does not answer: one finding, however many transactions wait.
     *
     * @param waiting number of transactions that could not be read; 0 while none was tried
     * @param fault the latest
     * @param run latest run with that fault
     */
    record SteveAway(long waiting, SyncFault fault, long run) implements Finding {}

    /**
     * @param run latest run with that fault
     */
    record SyncError(Optional<Long> transaction, SyncFault fault, long run) implements Finding {}

    /**
     * @param cause why the session counts as stuck
     */
    record StuckSession(SessionId session, String charger, StuckCause cause) implements Finding {}

    /**
     * @param fault why there is no closing reading; empty when the session was not read since it was closed
     * @param feesWait whether it has fees per session or minute, which are not invoiced until then
     */
    record AwaitingFinalReading(SessionId session, Optional<ClosingFault> fault, boolean feesWait) implements Finding {}

    /**
     * @param charging whether one of its sessions is live
     */
    record UnlinkedTag(IdTag idTag, long sessions, Energy energy, boolean charging) implements Finding {}

    /** Jump in the energy of a live session that an operator has to confirm. */
    record ImplausibleEnergy(SessionId session, Energy energy) implements Finding {}

    /** Sessions of a driver without a subscription that covers them. */
    record NoSubscription(Person driver, long sessions, Energy energy) implements Finding {}

    /** Sessions without a price because no plan exists. */
    record NoPlan(long sessions, Energy energy) implements Finding {}

    /** Invoices that wait for an issuer. */
    record PreparedInvoices(long invoices) implements Finding {}

    /** The session's price could not be looked up. */
    record PriceFailed(SessionId session) implements Finding {}

    /**
     * @param features features that billing does not support, named as in the plan's faults
     */
    record UnsupportedPlan(String code, String name, int version, List<String> features, long subscriptions)
            implements Finding {}

    /**
     * The polls of a series of market prices fail.
     *
     * @param since instant of the first of these polls
     */
    record FailedPricePoll(String code, String name, PollFailure failure, Instant since) implements Finding {}

    record ReusedId(SessionId session, SyncFault fault) implements Finding {}

    /**
     * @param energy energy up to the last reading, with which the session was closed
     */
    record VanishedTransaction(SessionId session, Energy energy) implements Finding {}

    /**
     * SteVe's energy and the measured energy of a session disagree.
     *
     * @param larger SteVe's energy is the larger one: nothing of the session is invoiced until an operator decides
     * @param stake difference between the two
     * @param price price of the difference in the driver's plan; empty when unknown
     */
    record DisputedEnergy(SessionId session, boolean larger, Energy stake, Optional<Money> price) implements Finding {}

    /**
     * @param steveStartedAt start time according to SteVe
     */
    record WrongClock(SessionId session, Instant startedAt, Instant steveStartedAt) implements Finding {}

    /**
     * @param mailKind kind it was queued with, e.g. {@code session_ended}
     */
    record FailedMail(long mail, Person recipient, String mailKind, String error) implements Finding {}

    /** The driver reported this card as lost. */
    record LostCard(Person driver, long card) implements Finding {}

    /**
     * @param words the driver's text
     */
    record DriverNote(Person driver, SessionId session, String words) implements Finding {}

    /** Summary of the findings of a kind that are not listed. */
    record More(AttentionKind of) implements Finding {}
}
