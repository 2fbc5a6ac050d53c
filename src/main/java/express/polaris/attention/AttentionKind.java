package express.polaris.attention;

import java.util.Locale;

/** What needs attention, the gravest first. */
public enum AttentionKind {
    /** Events do not come to what the meter says. */
    ACCOUNTING_DIFFERENCE(Weight.GRAVE, "/operator/transactions"),
    /** An operator paused sync: nothing new is seen until it is resumed. */
    SYNC_STOPPED(Weight.GRAVE, "/operator/sync"),
    /** Too many transactions vanished at once: SteVe may be another one. */
    SYNC_PAUSED(Weight.GRAVE, "/operator/sync"),
    /** Something that sync could not take over, and that nothing has made good since. */
    SYNC_ERROR(Weight.GRAVE, "/operator/sync"),
    /** Active, and silent for long, or old without a reading, or overtaken on its connector. */
    STUCK_SESSION(Weight.GRAVE, "/operator/transactions?stuck=true"),
    /** Neither live nor final for more than ten minutes. */
    AWAITING_FINAL_READING(Weight.GRAVE, "/operator/transactions?status=in_progress"),
    /** SteVe's number and the measured one do not agree, and no operator has decided. */
    DISPUTED_ENERGY(Weight.GRAVE, "/operator/transactions?flag=disputed"),
    /** A tag that is nobody's charges, or charged in the last 30 days. */
    UNLINKED_TAG(Weight.OPEN, "/operator/cards"),
    /** A live session whose register rose by more than its connector can deliver. */
    IMPLAUSIBLE_ENERGY(Weight.OPEN, "/operator/transactions?flag=implausible"),
    /** Energy of the last 30 days without a price. */
    UNPRICED_SESSIONS(Weight.OPEN, "/operator/drivers"),
    /** A plan with something that is not computed here. */
    UNSUPPORTED_PLAN(Weight.OPEN, "/operator/plans"),
    /** Another charge in SteVe under a known id. */
    REUSED_ID(Weight.OPEN, "/operator/sync"),
    /** SteVe lost the transaction. */
    VANISHED_TRANSACTION(Weight.NOTE, "/operator/transactions"),
    /** A session with times by a wrong clock, which was over when it was seen first. */
    WRONG_CLOCK(Weight.NOTE, "/operator/transactions?flag=clock"),
    /** A mail was given up. */
    FAILED_MAIL(Weight.NOTE, "/operator/mails"),
    /** A driver reported a card lost. */
    LOST_CARD(Weight.NOTE, "/operator/drivers"),
    /** A driver's words about a session. */
    DRIVER_NOTE(Weight.NOTE, "/operator/transactions");

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
    private final String listHref;

    AttentionKind(Weight weight, String listHref) {
        this.weight = weight;
        this.listHref = listHref;
    }

    public Weight weight() {
        return weight;
    }

    /** Where there is more of it than is told one by one. */
    public String listHref() {
        return listHref;
    }

    /** As in the API, e.g. {@code unlinked_tag}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
