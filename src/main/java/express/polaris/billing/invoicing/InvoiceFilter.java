package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Filter for invoices.
 *
 * @param issuedFrom first day of issue, inclusive; the first day of a month
 * @param issuedUntil last day of issue, inclusive; the last day of a month
 * @param search prefix of a number, or part of the recipient's name or e-mail address; empty = all
 * @param today unpaid invoices due before this day are overdue
 */
public record InvoiceFilter(
        Optional<AccountId> driver,
        Optional<LocalDate> issuedFrom,
        Optional<LocalDate> issuedUntil,
        Optional<State> state,
        String search,
        LocalDate today) {

    /**
     * @throws IllegalArgumentException if the days of issue are not whole months
     */
    public InvoiceFilter {
        if (issuedFrom.filter(day -> day.getDayOfMonth() != 1).isPresent()
                || issuedUntil
                        .filter(day -> day.plusDays(1).getDayOfMonth() != 1)
                        .isPresent()) {
            throw new IllegalArgumentException(
                    "Invoices are searched by whole months, not from " + issuedFrom + " until " + issuedUntil);
        }
    }

    /** State of an invoice; each invoice has exactly one. */
    public enum State {
        /** Unpaid, not yet past its due day; or not issued yet. */
        OPEN,
        /** Unpaid, past its due day. */
        OVERDUE,
        PAID,
        /** Nothing to pay: the total is zero or negative, or it is cancelled or a cancellation. */
        SETTLED;

        /** The name used in URLs, e.g. {@code overdue}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same invoices in any state. */
    public InvoiceFilter inAnyState() {
        return new InvoiceFilter(driver, issuedFrom, issuedUntil, Optional.empty(), search, today);
    }
}
