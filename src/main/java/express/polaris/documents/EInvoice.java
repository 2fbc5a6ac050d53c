package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.parties.BankAccount;
import express.polaris.billing.parties.Issuer;
import express.polaris.billing.parties.Parties;
import express.polaris.billing.parties.PostalAddress;
import express.polaris.billing.parties.Recipient;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import org.mustangproject.BankDetails;
import org.mustangproject.Contact;
import org.mustangproject.LegalOrganisation;
import org.mustangproject.ReferencedDocument;
import org.mustangproject.SchemedID;
import org.mustangproject.TradeParty;
import org.mustangproject.ZUGFeRD.IZUGFeRDTradeSettlement;
import org.mustangproject.ZUGFeRD.Profile;
import org.mustangproject.ZUGFeRD.Profiles;
import org.mustangproject.ZUGFeRD.TransactionCalculator;
import org.mustangproject.ZUGFeRD.ZUGFeRD2PullProvider;

/**
 * Invoice as XML (EN 16931 in the syntax CII). Amounts are those of the invoice, to the cent. A credit note (type 381)
 * says what is credited, so its amounts have the opposite sign; a cancellation (type 384) keeps the signs of its lines.
 */
final class EInvoice {

    private static final String INVOICE = "380";
    private static final String CREDIT_NOTE = "381";
    private static final String CORRECTION = "384";
    private static final String SEPA_CREDIT_TRANSFER = "58";
    private static final String E_MAIL = "EM";
    private static final int DECIMALS = 2;

    private final Invoice invoice;
    private final Parties parties;
    private final InvoiceWords words;
    private final InvoiceView.Dates dates;

    private EInvoice(Invoice invoice, Parties parties, InvoiceWords words, InvoiceView.Dates dates) {
        this.invoice = invoice;
        this.parties = parties;
        this.words = words;
        this.dates = dates;
    }

    /**
     * XML for the PDF and on its own.
     *
     * @param embedded EN 16931, as Factur-X and ZUGFeRD want it
     * @param alone XRechnung if the issuer has a phone number, which XRechnung demands; otherwise EN 16931
     */
    record Xml(byte[] embedded, byte[] alone) {}

    /** Reason why the norm allows no e-invoice of this invoice; empty if {@link #of} makes one. */
    static Optional<DocumentReason> obstacle(Invoice invoice) {
        if (invoice.parties().isEmpty()) {
            return Optional.of(DocumentReason.NO_ISSUER);
        }
        var issuer = invoice.parties().get().issuer();
        var recipient = invoice.parties().get().recipient();
        if (recipient.address().isEmpty()) {
            return Optional.of(DocumentReason.NO_ADDRESS);
        }
        if (VatCategory.of(invoice, invoice.parties().get()) == VatCategory.REVERSE_CHARGE
                && issuer.vatId().isEmpty()) {
            return Optional.of(DocumentReason.NO_VAT_ID);
        }
        if (invoice.lines().stream().noneMatch(line -> line.kind().counts())) {
            return Optional.of(DocumentReason.NO_AMOUNTS);
        }
        if (invoice.currency().getDefaultFractionDigits() != DECIMALS
                || invoice.vatRate().stripTrailingZeros().scale() > DECIMALS) {
            return Optional.of(DocumentReason.NOT_IN_CENTS);
        }
        return Optional.empty();
    }

    /** Makes the XML; empty if there is an {@link #obstacle}. */
    static Optional<Xml> of(Invoice invoice, InvoiceWords words, InvoiceView.Dates dates) {
        return obstacle(invoice).isPresent()
                ? Optional.empty()
                : invoice.parties().map(parties -> new EInvoice(invoice, parties, words, dates).xml());
    }

    /** Categories of VAT (UNTDID 5305). */
    enum VatCategory {
        STANDARD("S"),
        ZERO("Z"),
        EXEMPT("E"),
        REVERSE_CHARGE("AE");

        private final String code;

        VatCategory(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static VatCategory of(Invoice invoice, Parties parties) {
            if (invoice.vatRate().signum() != 0) {
                return STANDARD;
            }
            return switch (parties.vatNote()) {
                case NONE -> ZERO;
                case SMALL_BUSINESS -> EXEMPT;
                case REVERSE_CHARGE -> REVERSE_CHARGE;
            };
        }
    }

    private Xml xml() {
        var data = data();
        var total = new TransactionCalculator(data).getGrandTotal();
        if (total.compareTo(turnsSign() ? invoice.total().negate() : invoice.total()) != 0) {
            throw new IllegalStateException(
                    "Invoice " + invoice.number() + ": " + total + " as XML, not " + invoice.total());
        }
        var embedded = written(data, Profiles.getByName("EN16931"));
        return new Xml(
                embedded,
                parties.issuer().phone().isPresent() ? written(data, Profiles.getByName("XRechnung")) : embedded);
    }

    private static byte[] written(org.mustangproject.Invoice data, Profile profile) {
        var writer = new ZUGFeRD2PullProvider();
        writer.setProfile(profile);
        writer.generateXML(data);
        return writer.getXML();
    }

    private boolean turnsSign() {
        return invoice.kind() != Invoice.Kind.CANCELLATION && invoice.isCreditNote();
    }

    private org.mustangproject.Invoice data() {
        var issuer = parties.issuer();
        var recipient = parties.recipient();
        var note = words.vatNote(invoice, parties);
        var data = new Data(payment());
        data.setDocumentCode(code());
        data.setNumber(invoice.number());
        data.setIssueDate(date(invoice.issuedOn()));
        data.setCurrency(invoice.currency().getCurrencyCode());
        data.setReferenceNumber(recipient
                .orderReference()
                .map(EInvoice::clean)
                .orElse(invoice.driver().toString()));
        recipient.orderReference().map(EInvoice::reference).ifPresent(data::setBuyerOrderReferencedDocument);
        data.setSender(seller(issuer));
        data.setRecipient(buyer(recipient));
        data.setDeliveryDate(date(dates.last()));
        if (dates.first().isBefore(dates.last())) {
            data.setDetailedDeliveryPeriod(date(dates.first()), date(dates.last()));
        }
        data.setPaymentReference(invoice.paymentReference());
        if (invoice.asksForPayment()) {
            data.setDueDate(date(invoice.dueOn()));
            data.setPaymentTermDescription(
                    words.texts().get("invoice.payable", words.format().date(invoice.dueOn())));
        } else {
            data.setPaymentTermDescription(
                    words.texts().get(invoice.total().signum() < 0 ? "invoice.credited" : "invoice.settled"));
        }
        note.ifPresent(data::addNote);
        invoice.cancels().map(this::cancelled).ifPresent(data::addInvoiceReferencedDocument);
        var lines = new EInvoiceLines(invoice, VatCategory.of(invoice, parties), note, words, turnsSign());
        lines.items().forEach(data::addItem);
        return data;
    }

    private String code() {
        return switch (invoice.kind()) {
            case CANCELLATION -> CORRECTION;
            case START, PERIOD, ADJUSTMENT -> invoice.isCreditNote() ? CREDIT_NOTE : INVOICE;
        };
    }

    private static TradeParty seller(Issuer issuer) {
        var party = party(issuer.legalName(), issuer.address());
        var contact = new Contact().setName(clean(issuer.contact())).setEMail(issuer.email());
        issuer.phone().map(EInvoice::clean).ifPresent(contact::setPhone);
        party.setContact(contact);
        party.addUriUniversalCommunicationID(new SchemedID(E_MAIL, issuer.email()));
        issuer.vatId().ifPresent(party::addVATID);
        issuer.taxNumber().map(EInvoice::clean).ifPresent(party::addTaxID);
        issuer.register()
                .map(EInvoice::clean)
                .ifPresent(entry -> party.setLegalOrganisation(new LegalOrganisation(entry)));
        if (issuer.vatId().isEmpty() && issuer.register().isEmpty()) {
            issuer.taxNumber().map(EInvoice::clean).ifPresent(party::setID);
        }
        return party;
    }

    private static TradeParty buyer(Recipient recipient) {
        var party = party(recipient.name(), recipient.address().orElseThrow());
        party.addUriUniversalCommunicationID(new SchemedID(E_MAIL, recipient.email()));
        recipient.vatId().ifPresent(party::addVATID);
        return party;
    }

    private static TradeParty party(String name, PostalAddress address) {
        var party = new TradeParty(
                clean(name),
                clean(address.street()),
                clean(address.postcode()),
                clean(address.city()),
                address.country());
        address.extra().map(EInvoice::clean).ifPresent(party::setAdditionalAddress);
        return party;
    }

    private IZUGFeRDTradeSettlement payment() {
        return parties.issuer()
                .bank()
                .filter(account -> invoice.asksForPayment())
                .<IZUGFeRDTradeSettlement>map(EInvoice::transfer)
                .orElse(new NotDefined());
    }

    private static BankDetails transfer(BankAccount account) {
        var details = new BankDetails(account.iban())
                .setAccountName(clean(account.holder()))
                .setPaymentMeansCode(SEPA_CREDIT_TRANSFER);
        account.bic().ifPresent(details::setBIC);
        return details;
    }

    private ReferencedDocument cancelled(String number) {
        var reference = reference(number);
        invoice.cancellation().ifPresent(cancelled -> reference.setFormattedIssueDateTime(date(cancelled.issuedOn())));
        return reference;
    }

    private static ReferencedDocument reference(String number) {
        var reference = new ReferencedDocument();
        reference.setIssuerAssignedID(clean(number));
        return reference;
    }

    /** Text on one line, as XML allows it. */
    static String clean(String text) {
        return PdfRenderer.withoutControls(text).replaceAll("\\s+", " ").strip();
    }

    /** The library writes dates in the default time zone. */
    static Date date(LocalDate day) {
        return Date.from(
                day.atTime(LocalTime.NOON).atZone(ZoneId.systemDefault()).toInstant());
    }

    /** Payment by an instrument that is not defined (UNTDID 4461, code 1). */
    private static final class NotDefined implements IZUGFeRDTradeSettlement {
        @Override
        public String getSettlementXML(Profile profile) {
            return "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>1</ram:TypeCode>"
                    + "</ram:SpecifiedTradeSettlementPaymentMeans>";
        }
    }

    /** Data of an invoice with this way to pay. */
    private static final class Data extends org.mustangproject.Invoice {

        private final IZUGFeRDTradeSettlement payment;

        private Data(IZUGFeRDTradeSettlement payment) {
            this.payment = payment;
        }

        @Override
        public IZUGFeRDTradeSettlement[] getTradeSettlement() {
            return new IZUGFeRDTradeSettlement[] {payment};
        }
    }
}
