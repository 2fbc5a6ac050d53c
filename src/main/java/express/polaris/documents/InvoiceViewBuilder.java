package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.parties.Issuer;
import express.polaris.billing.parties.Parties;
import express.polaris.billing.parties.PostalAddress;
import express.polaris.billing.parties.Recipient;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.InvoiceView.Dates;
import express.polaris.documents.InvoiceView.Fact;
import express.polaris.documents.InvoiceView.Payment;
import express.polaris.documents.InvoiceView.Sender;
import express.polaris.documents.InvoiceView.Sums;
import express.polaris.units.Money;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Converts invoices for display in the reader's language. The caller must have checked that the reader may see them.
 */
@Component
public class InvoiceViewBuilder {

    private final SubscriptionService subscriptions;

    InvoiceViewBuilder(SubscriptionService subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * @param format format of the reader
     */
    public InvoiceView of(Invoice invoice, Texts texts, Format format) {
        var words = new InvoiceWords(texts, format);
        var issuer = invoice.parties().map(parties -> parties.issuer());
        var note = invoice.parties().flatMap(parties -> words.vatNote(invoice, parties));
        return new InvoiceView(
                invoice.number(),
                invoice.status(),
                invoice.asksForPayment(),
                invoice.cancels(),
                invoice.cancelledBy(),
                words.title(invoice),
                dates(invoice, format.zone()),
                parties(invoice, texts, format),
                invoice.lines().stream()
                        .filter(line -> line.kind().counts())
                        .map(line -> words.line(line, invoice))
                        .toList(),
                invoice.lines().stream()
                        .filter(line -> !line.kind().counts())
                        .map(line -> words.line(line, invoice))
                        .toList(),
                new Sums(
                        new Money(invoice.net(), invoice.currency()),
                        note.isEmpty() ? Optional.of(invoice.vatRate()) : Optional.empty(),
                        new Money(invoice.vat(), invoice.currency()),
                        new Money(invoice.total(), invoice.currency())),
                note.stream().toList(),
                issuer.flatMap(Issuer::bank)
                        .filter(account -> invoice.asksForPayment())
                        .map(account -> new Payment(
                                account,
                                new Money(invoice.total(), invoice.currency()),
                                invoice.dueOn(),
                                invoice.paymentReference())),
                EInvoice.obstacle(invoice).isEmpty());
    }

    /**
     * Days in the zone of the subscription. The period of supply is the part of the billing period in which it was in
     * force.
     *
     * @param otherwise zone of an invoice that belongs to no subscription
     */
    Dates dates(Invoice invoice, ZoneId otherwise) {
        var subscription = invoice.subscription().flatMap(subscriptions::find);
        var zone = subscription.map(Subscription::timeZone).orElse(otherwise);
        var supplied = subscription
                .filter(some -> invoice.period().duration().isPositive())
                .map(some -> new SubscriptionPeriod(some, invoice.period()).inForce())
                .orElse(invoice.period());
        var first = LocalDate.ofInstant(supplied.from(), zone);
        var last = LocalDate.ofInstant(supplied.to().minusNanos(1), zone);
        return new Dates(
                first,
                last.isBefore(first) ? first : last,
                invoice.issuedOn(),
                invoice.dueOn(),
                invoice.paidAt().map(at -> LocalDate.ofInstant(at, otherwise)));
    }

    private static InvoiceView.Parties parties(Invoice invoice, Texts texts, Format format) {
        var facts = new ArrayList<Fact>();
        var recipient = invoice.parties().map(parties -> parties.recipient());
        recipient
                .flatMap(Recipient::vatId)
                .ifPresent(id -> facts.add(new Fact(texts.get("invoice.recipient.vatId"), id)));
        recipient
                .flatMap(Recipient::orderReference)
                .ifPresent(reference -> facts.add(new Fact(texts.get("invoice.recipient.order"), reference)));
        invoice.cancels()
                .flatMap(number -> invoice.cancellation()
                        .map(cancelled -> texts.get("invoice.cancelsOf", number, format.date(cancelled.issuedOn()))))
                .ifPresent(words -> facts.add(new Fact(texts.get("invoice.cancelledInvoice"), words)));
        invoice.replaces().ifPresent(other -> facts.add(new Fact(texts.get("invoice.replaces"), other)));
        boolean abroad = invoice.parties().filter(InvoiceViewBuilder::isAbroad).isPresent();
        return new InvoiceView.Parties(
                invoice.issuer(),
                invoice.parties().map(parties -> sender(parties.issuer(), abroad, texts)),
                invoice.recipientName(),
                invoice.recipientEmail(),
                recipient
                        .flatMap(Recipient::address)
                        .map(address -> lines(address, abroad, texts))
                        .orElse(List.of()),
                facts);
    }

    private static boolean isAbroad(Parties parties) {
        var home = parties.issuer().address().country();
        return parties.recipient()
                .address()
                .filter(address -> !address.country().equals(home))
                .isPresent();
    }

    private static Sender sender(Issuer issuer, boolean abroad, Texts texts) {
        var registration = new ArrayList<Fact>();
        issuer.taxNumber().ifPresent(it -> registration.add(new Fact(texts.get("invoice.issuer.taxNumber"), it)));
        issuer.vatId().ifPresent(it -> registration.add(new Fact(texts.get("invoice.issuer.vatId"), it)));
        issuer.register().ifPresent(it -> registration.add(new Fact(texts.get("invoice.issuer.register"), it)));
        return new Sender(
                lines(issuer.address(), abroad, texts),
                InvoiceWords.present(
                        List.of(Optional.of(issuer.contact()), Optional.of(issuer.email()), issuer.phone())),
                registration,
                issuer.bank(),
                issuer.footer(),
                issuer.logo());
    }

    private static List<String> lines(PostalAddress address, boolean withCountry, Texts texts) {
        return InvoiceWords.present(List.of(
                Optional.of(address.street()),
                address.extra(),
                Optional.of(address.postcode() + " " + address.city()),
                Optional.of(Locale.of("", address.country()).getDisplayCountry(Locale.of(texts.language())))
                        .filter(country -> withCountry)));
    }
}
