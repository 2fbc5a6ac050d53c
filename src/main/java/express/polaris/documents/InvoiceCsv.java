package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceFilter.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Invoices and payments as rows of CSV. Amounts have a decimal point, days are ISO 8601. */
public final class InvoiceCsv {

    public static final List<String> COLUMNS = List.of(
            "number",
            "kind",
            "driver_id",
            "recipient_name",
            "recipient_email",
            "period_from",
            "period_to",
            "issued_on",
            "due_on",
            "paid_at",
            "currency",
            "net",
            "vat_rate",
            "vat",
            "total",
            "status",
            "paid_on",
            "cancels",
            "cancelled_by");

    public static final List<String> PAYMENT_COLUMNS = List.of(
            "paid_on",
            "number",
            "driver_id",
            "recipient_name",
            "recipient_email",
            "issued_on",
            "due_on",
            "currency",
            "amount");

    private InvoiceCsv() {}

    /**
     * Row of an invoice, as {@link #COLUMNS}.
     *
     * @param today an unpaid invoice that was due before this day is overdue
     * @param zone time zone of the day of payment
     */
    public static List<String> row(Invoice invoice, LocalDate today, ZoneId zone) {
        return List.of(
                invoice.number(),
                invoice.kind().name().toLowerCase(Locale.ROOT),
                invoice.driver().toString(),
                Csv.text(invoice.recipientName()),
                Csv.text(invoice.recipientEmail()),
                invoice.period().from().toString(),
                invoice.period().to().toString(),
                invoice.issuedOn().toString(),
                invoice.dueOn().toString(),
                invoice.paidAt().map(Instant::toString).orElse(""),
                invoice.currency().getCurrencyCode(),
                invoice.net().toPlainString(),
                invoice.vatRate().toPlainString(),
                invoice.vat().toPlainString(),
                invoice.total().toPlainString(),
                state(invoice, today).wireName(),
                paidOn(invoice, zone),
                invoice.cancels().orElse(""),
                invoice.cancelledBy().orElse(""));
    }

    /** Row of a payment, as {@link #PAYMENT_COLUMNS}. */
    static List<String> payment(Invoice invoice, ZoneId zone) {
        return List.of(
                paidOn(invoice, zone),
                invoice.number(),
                invoice.driver().toString(),
                Csv.text(invoice.recipientName()),
                Csv.text(invoice.recipientEmail()),
                invoice.issuedOn().toString(),
                invoice.dueOn().toString(),
                invoice.currency().getCurrencyCode(),
                invoice.total().toPlainString());
    }

    private static String paidOn(Invoice invoice, ZoneId zone) {
        return invoice.paidAt()
                .map(at -> LocalDate.ofInstant(at, zone).toString())
                .orElse("");
    }

    /** As {@code InvoiceSearch} finds it. */
    private static State state(Invoice invoice, LocalDate today) {
        if (invoice.isPaid()) {
            return State.PAID;
        }
        if (!invoice.asksForPayment()) {
            return State.SETTLED;
        }
        return switch (invoice.status()) {
            case CANCELLED -> State.SETTLED;
            case PREPARED -> State.OPEN;
            case FINALIZED -> invoice.dueOn().isBefore(today) ? State.OVERDUE : State.OPEN;
        };
    }
}
