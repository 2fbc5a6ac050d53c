package express.polaris.billing;

import express.polaris.accounts.AccountId;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Which invoices are meant.
 *
 * @param issuedFrom the first day of issue, inclusive
 * @param issuedUntil the last day of issue, inclusive
 * @param search the beginning of a number, or a part of the recipient's name or address; empty = all
 * @param today what is due before it and not paid is overdue
 */
public record InvoiceFilter(
        Optional<AccountId> driver,
        Optional<LocalDate> issuedFrom,
        Optional<LocalDate> issuedUntil,
        Optional<State> state,
        String search,
        LocalDate today) {

    /** Where an invoice stands; each has exactly one. */
    public enum State {
        /** To be paid, and there is time. */
        OPEN,
        /** To be paid, and the day it was due has passed. */
        OVERDUE,
        PAID,
        /** Nothing is owed to us: the total is zero or below. */
        SETTLED;

        /** As in addresses, e.g. {@code overdue}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same invoices in any state. */
    public InvoiceFilter inAnyState() {
        return new InvoiceFilter(driver, issuedFrom, issuedUntil, Optional.empty(), search, today);
    }
}
