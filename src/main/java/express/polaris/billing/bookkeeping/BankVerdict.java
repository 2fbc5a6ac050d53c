package express.polaris.billing.bookkeeping;

/** What becomes of a bank's entry. */
public enum BankVerdict {
    /** Its invoices are, or will be, marked as paid. */
    PAID,
    /** Marked its invoices as paid in an earlier import. */
    SEEN,
    /** It names no invoice number that exists. */
    NO_NUMBER,
    /** An invoice is cancelled. */
    CANCELLED,
    /** An invoice is paid already. */
    ALREADY_PAID,
    /** An invoice has nothing to pay. */
    NOTHING_TO_PAY,
    /** Less than what is to be paid. */
    TOO_LITTLE,
    /** More than what is to be paid. */
    TOO_MUCH,
    OTHER_CURRENCY,
    /** Booked before the invoice was issued. */
    BEFORE_ISSUE,
    /** Booked in the future. */
    IN_FUTURE,
    /** Not booked yet. */
    PENDING,
    /** Money that went out, or a payment that was taken back. */
    OUTGOING;

    public boolean isPaid() {
        return this == PAID;
    }
}
