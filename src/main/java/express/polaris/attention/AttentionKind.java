package express.polaris.attention;

import java.util.Locale;

/** Kinds of findings, most severe first. */
public enum AttentionKind {
    /** SteVe never gave this installation a usable answer. */
    STEVE_NEVER_REACHED(Weight.GRAVE),
    /** The events of a session do not add up to its energy. */
    ACCOUNTING_DIFFERENCE(Weight.GRAVE),
    /** An operator paused sync: no new data arrives until it is resumed. */
    SYNC_STOPPED(Weight.GRAVE),
    /** Sync paused itself because too many transactions vanished at once: SteVe may be a different installation. */
    SYNC_PAUSED(Weight.GRAVE),
    /** A sync error of the last 24 hours that no later read or discovery has resolved. */
    SYNC_ERROR(Weight.GRAVE),
    /**
     * An active session that is silent for long, old without a reading, or overtaken by another session on its
     * connector.
     */
    STUCK_SESSION(Weight.GRAVE),
    /** A session that has been closed for more than ten minutes without a closing reading. */
    AWAITING_FINAL_READING(Weight.GRAVE),
    /** SteVe's energy and the measured energy disagree, and no operator has decided. */
    DISPUTED_ENERGY(Weight.GRAVE),
    /** An idTag without an owner that is charging or has charged in the last 30 days. */
    UNLINKED_TAG(Weight.OPEN),
    /** A live session whose register rose by more than its connector can deliver. */
    IMPLAUSIBLE_ENERGY(Weight.OPEN),
    /** Sessions of the last 30 days without a price. */
    UNPRICED_SESSIONS(Weight.OPEN),
    /** A plan with a feature that this billing does not support. */
    UNSUPPORTED_PLAN(Weight.OPEN),
    /** Invoices wait until somebody enters who issues them. */
    PREPARED_INVOICES(Weight.OPEN),
    /** The address of market prices has not given any for an hour. */
    FAILED_PRICE_POLL(Weight.OPEN),
    /** SteVe has a different transaction under a known id. */
    REUSED_ID(Weight.OPEN),
    /** A transaction vanished from SteVe. */
    VANISHED_TRANSACTION(Weight.NOTE),
    /** A session that had already ended when it was first seen and whose times come from a wrong clock. */
    WRONG_CLOCK(Weight.NOTE),
    /** A mail that was given up. */
    FAILED_MAIL(Weight.NOTE),
    /** A driver reported a card lost. */
    LOST_CARD(Weight.NOTE),
    /** A driver's note about a session. */
    DRIVER_NOTE(Weight.NOTE);

    /** Severity of a kind. */
    public enum Weight {
        /** Energy is wrong or may be lost. */
        GRAVE,
        /** Something is missing that an operator has to add. */
        OPEN,
        /** For information; nothing is lost. */
        NOTE
    }

    private final Weight weight;

    AttentionKind(Weight weight) {
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }

    /** Name in the API, e.g. {@code unlinked_tag}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
