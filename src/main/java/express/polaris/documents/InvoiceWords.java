package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LinePrice;
import express.polaris.billing.invoicing.LineSubject;
import express.polaris.billing.invoicing.LineSubject.SessionFacts;
import express.polaris.billing.parties.Parties;
import express.polaris.documents.InvoiceView.Line;
import express.polaris.documents.InvoiceView.Stay;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of an invoice's title, lines and notes in the reader's language. */
record InvoiceWords(Texts texts, Format format) {

    private static final int USAGE_DECIMALS = 6;

    String title(Invoice invoice) {
        return switch (invoice.kind()) {
            case CANCELLATION ->
                texts.get(
                        "invoice.title.cancellation",
                        invoice.number(),
                        invoice.cancels().orElse(Format.MISSING));
            case START, PERIOD, ADJUSTMENT ->
                texts.get(invoice.isCreditNote() ? "invoice.title.credit" : "invoice.title", invoice.number());
        };
    }

    Line line(InvoiceLine line, Invoice invoice) {
        return new Line(
                what(line.subject()),
                detail(line),
                line.session(),
                line.energy(),
                line.subject().usage().map(this::usage),
                line.price().map(price -> price(price, invoice.currency())),
                new Money(line.amount(), invoice.currency()),
                line.subject().facts().map(this::stay));
    }

    /** Why no VAT is charged; empty if it is, or if the rate is simply zero. */
    Optional<String> vatNote(Invoice invoice, Parties parties) {
        if (invoice.vatRate().signum() != 0) {
            return Optional.empty();
        }
        return switch (parties.vatNote()) {
            case NONE -> Optional.empty();
            case SMALL_BUSINESS ->
                Optional.of(texts.get(
                        "DE".equals(parties.issuer().address().country())
                                ? "invoice.note.smallBusinessGermany"
                                : "invoice.note.smallBusiness"));
            case REVERSE_CHARGE -> Optional.of(texts.get("invoice.note.reverseCharge"));
        };
    }

    private String what(LineSubject subject) {
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
            case LineSubject.LateUsage late -> texts.get("session.title", late.id());
            case LineSubject.GrantedCredit ignored -> texts.get("invoice.line.credit");
            case LineSubject.Rounding() -> texts.get("invoice.line.rounding");
            case LineSubject.Words words -> heading(words.kind());
        };
    }

    private String detail(InvoiceLine line) {
        return line.subject() instanceof LineSubject.LateEnergy late
                        && line.energy().filter(Energy::isNegative).isPresent()
                ? texts.get("invoice.line.adjustmentBack", format.date(late.periodFrom()))
                : detail(line.subject());
    }

    private String detail(LineSubject subject) {
        return switch (subject) {
            case LineSubject.PlanFee(var plan, var first, var last) ->
                texts.get("invoice.line.feeDays", plan, format.date(first), format.date(last));
            case LineSubject.EnergyBand(var above, var upTo, var name) ->
                joined(", ", name.orElse(""), format.band(above, upTo));
            case LineSubject.Usage(var metric, var quantity, var name) -> name.orElse("");
            case LineSubject.Discount(var group, var percent) ->
                texts.get("invoice.line.discountText", group, format.rate(percent));
            case LineSubject.LateEnergy late -> texts.get("invoice.line.adjustmentOf", format.date(late.periodFrom()));
            case LineSubject.LateUsage late ->
                texts.get(
                        "invoice.line.lateFee",
                        joined(", ", what(late.fee()), detail(late.fee())),
                        format.date(late.periodFrom()));
            case LineSubject.GrantedCredit credit -> credit.reason();
            case LineSubject.Rounding() -> texts.get("invoice.line.roundingText");
            case LineSubject.Words words -> words.text();
            case LineSubject.UnusedDays() -> "";
            case LineSubject.OneSession ignored -> "";
            case LineSubject.OtherSessions ignored -> "";
        };
    }

    private String usage(LineSubject.Usage usage) {
        var number = format.number(usage.quantity(), 0, USAGE_DECIMALS);
        return switch (usage.metric()) {
            case ENERGY -> number + " kWh";
            case SESSIONS -> number;
            case CONNECTED_MINUTES, CHARGING_MINUTES, IDLE_MINUTES -> number + " min";
        };
    }

    private InvoiceView.Price price(LinePrice price, Currency currency) {
        var perUnit = format.unitPrice(price.perUnit().stripTrailingZeros(), currency);
        return new InvoiceView.Price(
                price.isAverage() ? texts.get("cost.average", perUnit) : perUnit, beside(price, currency));
    }

    private String beside(LinePrice price, Currency currency) {
        return price.flat().signum() == 0
                ? ""
                : new FlatWords(texts, format).of(new Money(price.flat(), currency), price.isRepriced());
    }

    private Stay stay(SessionFacts facts) {
        return new Stay(
                format.dateTime(facts.startedAt())
                        + facts.endedAt()
                                .map(end -> " – "
                                        + (format.sameDay(facts.startedAt(), end)
                                                ? format.time(end)
                                                : format.dateTime(end)))
                                .orElse(""),
                joined(", ", facts.charger().orElse(""), facts.place().orElse("")),
                facts.card().orElse(""));
    }

    static String joined(String separator, String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
    }

    /** An IBAN in groups of four. */
    static String grouped(String iban) {
        return iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    static List<String> present(List<Optional<String>> lines) {
        return lines.stream().flatMap(Optional::stream).toList();
    }

    /** Heading of a line that has only a kind and a text. */
    private String heading(InvoiceLine.Kind kind) {
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
}
