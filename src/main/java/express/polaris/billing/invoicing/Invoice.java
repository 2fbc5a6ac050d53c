package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Finalized invoice: immutable except for being marked as paid.
 *
 * @param number without gaps within its year, e.g. {@code 2026-000012}
 * @param period billed period; for an adjustment, the instant of its making as an empty period
 * @param issuedOn in the installation's time zone
 * @param vatRate in percent
 * @param net sum of all lines that count; net + vat = total
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

    /** Kind of invoice. */
    public enum Kind {
        /** First fee of a plan paid in advance. */
        START,
        /** Billing period. */
        PERIOD,
        /** Only adjustments and credits. */
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
