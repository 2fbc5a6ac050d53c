package express.polaris.documents;

import express.polaris.billing.Invoice;
import express.polaris.billing.InvoiceLine;
import express.polaris.billing.Subscription;
import express.polaris.billing.Subscriptions;
import express.polaris.documents.InvoiceView.Line;
import express.polaris.units.Money;
import express.polaris.web.Format;
import express.polaris.web.Texts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Says invoices in the words of whoever reads them. Whoever asks has established that they may be seen. */
@Component
public class InvoiceViews {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) .*");

    private final Subscriptions subscriptions;

    InvoiceViews(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** @param format of the reader */
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
                what(line, texts),
                detail(line, texts, format),
                line.session(),
                line.energy(),
                line.unitPrice().map(BigDecimal::stripTrailingZeros),
                new Money(line.amount(), invoice.currency()));
    }

    private static String what(InvoiceLine line, Texts texts) {
        return switch (line.kind()) {
            case FEE -> texts.get(line.amount().signum() < 0 ? "invoice.line.feeBack" : "invoice.line.fee");
            case ENERGY -> texts.get("invoice.line.energy");
            case SESSION, ADJUSTMENT ->
                line.session()
                        .map(session -> texts.get("session.title", session))
                        .orElseGet(() -> texts.get("invoice.line.adjustment"));
            case OTHER_SESSIONS -> others(line.text(), texts);
            case CREDIT -> texts.get("invoice.line.credit");
            case ROUNDING -> texts.get("invoice.line.rounding");
        };
    }

    private static String detail(InvoiceLine line, Texts texts, Format format) {
        return switch (line.kind()) {
            case FEE -> line.amount().signum() < 0 ? "" : withDates(line.text(), format);
            case ENERGY, CREDIT -> line.text();
            case ADJUSTMENT -> line.session().isPresent() ? texts.get("invoice.line.adjustment") : "";
            case ROUNDING -> texts.get("invoice.line.roundingText");
            case SESSION, OTHER_SESSIONS -> "";
        };
    }

    private static String others(String text, Texts texts) {
        var count = COUNT.matcher(text);
        return count.matches()
                ? texts.count("invoice.line.others", Long.parseLong(count.group(1)))
                : texts.count("invoice.line.others", 0);
    }

    /** "Home, 2026-05-01 to 2026-05-31" as the reader writes days. */
    private static String withDates(String text, Format format) {
        return DATE.matcher(text)
                .replaceAll(
                        found -> java.util.regex.Matcher.quoteReplacement(format.date(LocalDate.parse(found.group()))))
                .replace(" to ", " – ");
    }

    /** The days of a period are those of the subscription it belongs to. */
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
