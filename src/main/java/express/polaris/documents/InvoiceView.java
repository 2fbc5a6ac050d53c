package express.polaris.documents;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Invoice as displayed.
 *
 * @param charges lines that make up the net amount, without VAT
 * @param sessions the energy again, by session
 */
public record InvoiceView(
        String number, Dates dates, Parties parties, List<Line> charges, List<Line> sessions, Sums sums) {

    public InvoiceView {
        charges = List.copyOf(charges);
        sessions = List.copyOf(sessions);
    }

    public String href() {
        return "/invoices/" + number;
    }

    public String pdfHref() {
        return "/api/v1/invoices/" + number + ".pdf";
    }

    /**
     * Days of an invoice.
     *
     * @param first first day of the billing period; equals {@code last} if the invoice has no billing period
     */
    public record Dates(
            LocalDate first, LocalDate last, LocalDate issuedOn, LocalDate dueOn, Optional<LocalDate> paidOn) {}

    public record Parties(String issuer, String recipientName, String recipientEmail) {}

    /**
     * Line of an invoice.
     *
     * @param detail description; may be empty
     */
    public record Line(
            String what,
            String detail,
            Optional<SessionId> session,
            Optional<Energy> energy,
            Optional<BigDecimal> unitPrice,
            Money amount) {}

    /** @param vatRate in percent */
    public record Sums(Money net, BigDecimal vatRate, Money vat, Money total) {}
}
