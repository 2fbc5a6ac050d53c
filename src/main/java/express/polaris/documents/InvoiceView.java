package express.polaris.documents;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An invoice as it is shown.
 *
 * @param charges what is owed, without VAT
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
     * Days.
     *
     * @param first of what it is for; the same as {@code last} where it is for no billing period
     */
    public record Dates(
            LocalDate first, LocalDate last, LocalDate issuedOn, LocalDate dueOn, Optional<LocalDate> paidOn) {}

    public record Parties(String issuer, String recipientName, String recipientEmail) {}

    /**
     * One line.
     *
     * @param detail what it is about; may be empty
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
