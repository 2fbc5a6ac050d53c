package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A finalized invoice: it never changes, but for being paid.
 *
 * @param number without gaps in its year, e.g. {@code 2026-000012}
 * @param period what it is for; of an adjustment, the time up to which it looks back
 * @param issuedOn in the installation's time zone
 * @param vatRate in percent
 * @param net the sum of all lines that count; net + vat = total
 * @param lines empty in lists
 */
public record Invoice(
        String number,
        AccountId driver,
        Kind kind,
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
        List<InvoiceLine> lines) {

    /** What an invoice is for. */
    public enum Kind {
        /** The first fee of a plan that is paid in advance. */
        START,
        /** A billing period. */
        PERIOD,
        /** Nothing but adjustments and credits. */
        ADJUSTMENT
    }

    public boolean isPaid() {
        return paidAt.isPresent();
    }

    Invoice with(List<InvoiceLine> itsLines) {
        return new Invoice(
                number,
                driver,
                kind,
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
                itsLines);
    }
}
