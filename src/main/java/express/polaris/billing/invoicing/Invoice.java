package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.Parties;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbered invoice. Its lines and net amount never change; once it is finalized, nothing changes except that it is
 * marked as paid or cancelled.
 *
 * @param number without gaps within its year, e.g. {@code 2026-000012}
 * @param period billed period; for an adjustment, the instant of its making as an empty period; for a cancellation,
 *     that of the cancelled invoice
 * @param subscription empty for credits outside of any
 * @param issuedOn day on which it was finalized, in the installation's time zone; while it is prepared, that of its
 *     number
 * @param dueOn counted from {@code issuedOn}
 * @param vatRate in percent
 * @param net sum of all lines that count; net + vat = total
 * @param issuer name of the issuer; without {@code parties}, the portal's host
 * @param recipientName name of the person or company
 * @param parties empty while the invoice is prepared, and on invoices that were finalized without them
 * @param cancels number of the invoice that this cancellation credits
 * @param cancelledBy number of the cancellation that credits this invoice
 * @param replaces number of the cancelled invoice whose place this one takes
 * @param cancellation what a cancellation says besides that number; empty on other invoices
 * @param lines empty in lists
 */
public record Invoice(
        String number,
        AccountId driver,
        Optional<SubscriptionId> subscription,
        Kind kind,
        Status status,
        Interval period,
        LocalDate issuedOn,
        LocalDate dueOn,
        Optional<Instant> paidAt,
        Currency currency,
        BigDecimal net,
        BigDecimal vatRate,
        BigDecimal vat,
        BigDecimal total,
        String issuer,
        String recipientName,
        String recipientEmail,
        Optional<Parties> parties,
        Optional<String> cancels,
        Optional<String> cancelledBy,
        Optional<String> replaces,
        Optional<Cancellation> cancellation,
        List<InvoiceLine> lines) {

    /**
     * What a cancellation says about the invoice that it credits.
     *
     * @param issuedOn day of issue of that invoice
     * @param reason why an operator cancelled it, for operators only; empty if it was not kept
     */
    public record Cancellation(LocalDate issuedOn, Optional<String> reason) {}

    /** Kind of invoice. */
    public enum Kind {
        /** First fee of a plan paid in advance. */
        START,
        /** Billing period. */
        PERIOD,
        /** Only adjustments and credits. */
        ADJUSTMENT,
        /** Credit note over a whole invoice: each of its lines, negative. */
        CANCELLATION
    }

    /** Status of an invoice. */
    public enum Status {
        /** Drawn up, sealed and numbered; waits for an issuer, without a document or mail. */
        PREPARED,
        FINALIZED,
        /** Finalized, and credited as a whole by a cancellation. */
        CANCELLED;

        /** The name used in the JSON API, e.g. {@code prepared}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isPaid() {
        return paidAt.isPresent();
    }

    /** Returns whether its document is titled "Credit note": a cancellation, or a total below zero. */
    public boolean isCreditNote() {
        return kind == Kind.CANCELLATION || total.signum() < 0;
    }

    /** Returns whether it is a demand: more than zero, and no cancellation, which only settles what it cancels. */
    public boolean asksForPayment() {
        return kind != Kind.CANCELLATION && total.signum() > 0;
    }

    /** Text by which the issuer recognizes the payment (EN 16931 BT-83). */
    public String paymentReference() {
        return number;
    }

    Invoice with(List<InvoiceLine> itsLines) {
        return with(parties, itsLines);
    }

    Invoice with(Optional<Parties> itsParties) {
        return with(itsParties, lines);
    }

    private Invoice with(Optional<Parties> itsParties, List<InvoiceLine> itsLines) {
        return new Invoice(
                number,
                driver,
                subscription,
                kind,
                status,
                period,
                issuedOn,
                dueOn,
                paidAt,
                currency,
                net,
                vatRate,
                vat,
                total,
                issuer,
                recipientName,
                recipientEmail,
                itsParties,
                cancels,
                cancelledBy,
                replaces,
                cancellation,
                itsLines);
    }
}
