package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.parties.BankAccount;
import express.polaris.billing.parties.Logo;
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
 * @param title kind of document and its number
 * @param asksForPayment whether it is a demand, paid or not
 * @param cancels number of the invoice that this cancellation credits
 * @param cancelledBy number of the cancellation of this invoice
 * @param charges lines that make up the net amount, without VAT
 * @param sessions the energy and usage again, by session
 * @param notes sentences that the law asks for, e.g. why no VAT is charged
 * @param payment empty if nothing is to be paid, or no account to pay to is known
 * @param hasXml whether it has an e-invoice
 */
public record InvoiceView(
        String number,
        Invoice.Status status,
        boolean asksForPayment,
        Optional<String> cancels,
        Optional<String> cancelledBy,
        String title,
        Dates dates,
        Parties parties,
        List<Line> charges,
        List<Line> sessions,
        Sums sums,
        List<String> notes,
        Optional<Payment> payment,
        boolean hasXml) {

    public InvoiceView {
        charges = List.copyOf(charges);
        sessions = List.copyOf(sessions);
        notes = List.copyOf(notes);
    }

    public String href() {
        return "/invoices/" + number;
    }

    public String pdfHref() {
        return "/api/v1/invoices/" + number + ".pdf";
    }

    public String xmlHref() {
        return "/api/v1/invoices/" + number + ".xml";
    }

    /** Whether any line says where and when a session was. */
    public boolean hasStays() {
        return sessions.stream().anyMatch(line -> line.stay().isPresent());
    }

    /**
     * Days of an invoice.
     *
     * @param first first day of the billing period; equals {@code last} if the invoice has no billing period
     */
    public record Dates(
            LocalDate first, LocalDate last, LocalDate issuedOn, LocalDate dueOn, Optional<LocalDate> paidOn) {}

    /**
     * Who bills whom.
     *
     * @param sender empty on an invoice without the issuer's data, which has only a name
     * @param address lines of the recipient's address, without the name
     * @param facts references between the two, and to other invoices
     */
    public record Parties(
            String issuer,
            Optional<Sender> sender,
            String recipientName,
            String recipientEmail,
            List<String> address,
            List<Fact> facts) {

        public Parties {
            address = List.copyOf(address);
            facts = List.copyOf(facts);
        }
    }

    /**
     * Issuer's letterhead and foot.
     *
     * @param contact name, e-mail address, phone
     * @param registration tax number, VAT id, register
     */
    public record Sender(
            List<String> address,
            List<String> contact,
            List<Fact> registration,
            Optional<BankAccount> bank,
            Optional<String> footer,
            Optional<Logo> logo) {

        public Sender {
            address = List.copyOf(address);
            contact = List.copyOf(contact);
            registration = List.copyOf(registration);
        }

        /** IBAN in groups of four; empty without a bank account. */
        public Optional<String> iban() {
            return bank.map(account -> InvoiceWords.grouped(account.iban()));
        }
    }

    /** Labelled value. */
    public record Fact(String label, String value) {}

    /**
     * Line of an invoice.
     *
     * @param detail description; may be empty
     * @param usage what is counted besides energy, with its unit
     * @param price empty for a line that has no price per unit
     * @param stay empty for a line without a session, or one whose facts are not known
     */
    public record Line(
            String what,
            String detail,
            Optional<SessionId> session,
            Optional<Energy> energy,
            Optional<String> usage,
            Optional<Price> price,
            Money amount,
            Optional<Stay> stay) {}

    /**
     * Price that explains the amount of a line.
     *
     * @param perUnit such as "€0.30", or "€0.1234 on average"
     * @param beside the rest of the amount, such as "+ €5.00 flat"; may be empty
     */
    public record Price(String perUnit, String beside) {

        /** All of it on one line. */
        public String words() {
            return InvoiceWords.joined(" ", perUnit, beside);
        }
    }

    /**
     * When and where a session was.
     *
     * @param time from–to
     * @param place charger and place; may be empty
     * @param card label of the card; may be empty
     */
    public record Stay(String time, String place, String card) {

        /** All of it on one line. */
        public String words() {
            return InvoiceWords.joined(" · ", time, place, card);
        }
    }

    /**
     * Net, VAT and total.
     *
     * @param vatRate in percent; empty if no VAT is charged by law
     */
    public record Sums(Money net, Optional<BigDecimal> vatRate, Money vat, Money total) {}

    /** How to pay. */
    public record Payment(BankAccount account, Money amount, LocalDate dueOn, String reference) {

        /** IBAN in groups of four. */
        public String iban() {
            return InvoiceWords.grouped(account.iban());
        }

        /** Payment code for banking apps; only for EUR. */
        public Optional<QrCode> code() {
            return PaymentCode.of(account, amount, reference);
        }
    }
}
