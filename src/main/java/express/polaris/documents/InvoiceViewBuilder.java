package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LineSubject;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.InvoiceView.Line;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
        var zone = zoneOf(invoice, format.zone());
        var first = LocalDate.ofInstant(invoice.period().from(), zone);
        var last = LocalDate.ofInstant(invoice.period().to().minusNanos(1), zone);
        return new InvoiceView(
                invoice.number(),
                new InvoiceView.Dates(
                        first,
                        last.isBefore(first) ? first : last,
                        invoice.issuedOn(),
                        invoice.dueOn(),
                        invoice.paidAt().map(at -> LocalDate.ofInstant(at, format.zone()))),
                new InvoiceView.Parties(invoice.issuer(), invoice.recipientName(), invoice.recipientEmail()),
                invoice.lines().stream()
                        .filter(line -> line.kind().counts())
                        .map(line -> line(line, invoice, texts, format))
                        .toList(),
                invoice.lines().stream()
                        .filter(line -> !line.kind().counts())
                        .map(line -> line(line, invoice, texts, format))
                        .toList(),
                new InvoiceView.Sums(
                        new Money(invoice.net(), invoice.currency()),
                        invoice.vatRate(),
                        new Money(invoice.vat(), invoice.currency()),
                        new Money(invoice.total(), invoice.currency())));
    }

    private static Line line(InvoiceLine line, Invoice invoice, Texts texts, Format format) {
        return new Line(
                what(line.subject(), texts),
                detail(line.subject(), texts, format),
                line.session(),
                line.energy(),
                line.unitPrice().map(BigDecimal::stripTrailingZeros),
                new Money(line.amount(), invoice.currency()));
    }

    private static String what(LineSubject subject, Texts texts) {
        return switch (subject) {
            case LineSubject.PlanFee ignored -> texts.get("invoice.line.fee");
            case LineSubject.UnusedDays() -> texts.get("invoice.line.feeBack");
            case LineSubject.EnergyBand ignored -> texts.get("invoice.line.energy");
            case LineSubject.Usage usage ->
                texts.get("invoice.line.usage." + usage.metric().code());
            case LineSubject.Discount ignored -> texts.get("invoice.line.discount");
            case LineSubject.OneSession one -> texts.get("session.title", one.id());
            case LineSubject.OtherSessions(var count) -> texts.count("invoice.line.others", count);
            case LineSubject.LateEnergy late -> texts.get("session.title", late.id());
            case LineSubject.GrantedCredit ignored -> texts.get("invoice.line.credit");
            case LineSubject.Rounding() -> texts.get("invoice.line.rounding");
            case LineSubject.Words words -> heading(words.kind(), texts);
        };
    }

    private static String detail(LineSubject subject, Texts texts, Format format) {
        return switch (subject) {
            case LineSubject.PlanFee(var plan, var first, var last) ->
                texts.get("invoice.line.feeDays", plan, format.date(first), format.date(last));
            case LineSubject.EnergyBand(var above, var upTo, var name) ->
                name.map(given -> given + ", " + format.band(above, upTo)).orElseGet(() -> format.band(above, upTo));
            case LineSubject.Usage(var metric, var quantity, var name) -> name.orElse("");
            case LineSubject.Discount(var group, var percent) ->
                texts.get("invoice.line.discountText", group, format.rate(percent));
            case LineSubject.LateEnergy ignored -> texts.get("invoice.line.adjustment");
            case LineSubject.GrantedCredit credit -> credit.reason();
            case LineSubject.Rounding() -> texts.get("invoice.line.roundingText");
            case LineSubject.Words words -> words.text();
            case LineSubject.UnusedDays() -> "";
            case LineSubject.OneSession ignored -> "";
            case LineSubject.OtherSessions ignored -> "";
        };
    }

    /** Heading of a line that has only a kind and a text. */
    private static String heading(InvoiceLine.Kind kind, Texts texts) {
        return switch (kind) {
            case FEE -> texts.get("invoice.line.fee");
            case ENERGY -> texts.get("invoice.line.energy");
            case SESSION, OTHER_SESSIONS -> texts.get("invoice.session");
            case USAGE -> texts.get("invoice.line.usage");
            case DISCOUNT -> texts.get("invoice.line.discount");
            case ADJUSTMENT -> texts.get("invoice.line.adjustment");
            case CREDIT -> texts.get("invoice.line.credit");
            case ROUNDING -> texts.get("invoice.line.rounding");
        };
    }

    /** The days of a billing period are in the zone of the subscription that it belongs to. */
    private ZoneId zoneOf(Invoice invoice, ZoneId otherwise) {
        return subscriptions.of(invoice.driver()).stream()
                .filter(subscription -> reaches(
                        subscription, invoice.period().from(), invoice.period().to()))
                .findFirst()
                .map(Subscription::timeZone)
                .orElse(otherwise);
    }

    private static boolean reaches(Subscription subscription, Instant from, Instant to) {
        Optional<Instant> end = subscription.endedAt();
        return subscription.startedAt().isBefore(to)
                && end.filter(at -> !at.isAfter(from)).isEmpty();
    }
}
