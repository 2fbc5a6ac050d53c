package express.polaris.attention;

import java.util.Locale;

/** What needs attention, the gravest first. */
public enum AttentionKind {
    /** Events do not come to what the meter says. */
    ACCOUNTING_DIFFERENCE(Weight.GRAVE),
    /** An operator paused sync: nothing new is seen until it is resumed. */
    SYNC_STOPPED(Weight.GRAVE),
    /** Too many transactions vanished at once: SteVe may be another one. */
    SYNC_PAUSED(Weight.GRAVE),
    /** Something that sync could not take over, and that nothing has made good since. */
    SYNC_ERROR(Weight.GRAVE),
    /** Active, and silent for long, or old without a reading, or overtaken on its connector. */
    STUCK_SESSION(Weight.GRAVE),
    /** Neither live nor final for more than ten minutes. */
    AWAITING_FINAL_READING(Weight.GRAVE),
    /** SteVe's number and the measured one do not agree, and no operator has decided. */
    DISPUTED_ENERGY(Weight.GRAVE),
    /** A tag that is nobody's charges, or charged in the last 30 days. */
    UNLINKED_TAG(Weight.OPEN),
    /** A live session whose register rose by more than its connector can deliver. */
    IMPLAUSIBLE_ENERGY(Weight.OPEN),
    /** Energy of the last 30 days without a price. */
    UNPRICED_SESSIONS(Weight.OPEN),
    /** A plan with something that is not computed here. */
    UNSUPPORTED_PLAN(Weight.OPEN),
    /** Another charge in SteVe under a known id. */
    REUSED_ID(Weight.OPEN),
    /** SteVe lost the transaction. */
    VANISHED_TRANSACTION(Weight.NOTE),
    /** A session with times by a wrong clock, which was over when it was seen first. */
    WRONG_CLOCK(Weight.NOTE),
    /** A mail was given up. */
    FAILED_MAIL(Weight.NOTE),
    /** A driver reported a card lost. */
    LOST_CARD(Weight.NOTE),
    /** A driver's words about a session. */
    DRIVER_NOTE(Weight.NOTE);

    /** How much depends on it. */
    public enum Weight {
        /** Energy is not where it should be, or may be lost. */
        GRAVE,
        /** Something is missing that an operator has to add. */
        OPEN,
        /** To be known; nothing is lost. */
        NOTE
    }

    private final Weight weight;

    AttentionKind(Weight weight) {
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }

    /** As in the API, e.g. {@code unlinked_tag}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
