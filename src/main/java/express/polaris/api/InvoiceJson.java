package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.api.live.CostJson;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.LinePrice;
import express.polaris.billing.invoicing.LineSubject;
import express.polaris.billing.parties.Parties;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Invoice as JSON. Its lines and net amount never change.
 *
 * @param driverId present only in the operators' API
 * @param status {@code prepared}: numbered, but nobody has entered who issues invoices; {@code finalized};
 *     {@code cancelled}
 * @param kind {@code period}; {@code start}: a fee in advance; {@code adjustment}: late energy and credits;
 *     {@code cancellation}: credits a whole invoice
 * @param issuer null while the invoice is prepared, and on invoices that were finalized without it; so is the recipient
 * @param paymentReference text for the transfer by which the issuer recognizes the payment
 * @param cancels number of the invoice that this cancellation credits
 * @param cancelledBy number of the cancellation of this invoice
 * @param cancelReason why an operator cancelled that invoice; only in the operators' API, and only if it was kept
 * @param replaces number of the cancelled invoice whose place this one takes
 * @param vatRate in percent
 * @param lines the lines of the kinds {@code fee}, {@code energy}, {@code usage}, {@code discount}, {@code adjustment} and
 *     {@code credit} add up to the net amount; {@code session}, {@code other_sessions} and {@code rounding} break the energy lines down by session
 */
@Schema(name = "ApiInvoice")
record InvoiceJson(
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> driverId,
        String number,
        String status,
        String kind,
        Instant periodFrom,
        Instant periodTo,
        LocalDate issuedOn,
        LocalDate dueOn,
        boolean paid,
        Optional<Instant> paidAt,
        String currency,
        BigDecimal net,
        BigDecimal vatRate,
        BigDecimal vat,
        BigDecimal total,
        List<Vat> vats,
        Optional<IssuerJson> issuer,
        Optional<RecipientJson> recipient,
        String paymentReference,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> cancels,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> cancelReason,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> cancelledBy,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> replaces,
        List<Line> lines) {

    /**
     * VAT at one rate.
     *
     * @param rate in percent
     */
    record Vat(BigDecimal rate, BigDecimal net, BigDecimal vat) {}

    /**
     * Invoice line; amounts exclude VAT.
     *
     * @param metric of a {@code usage} line, and of an {@code adjustment} of a fee: {@code session},
     *     {@code connected_minutes}, {@code charging_minutes} or {@code idle_minutes}
     * @param quantity of a line with a metric: number of sessions, or minutes; negative if given back
     * @param unitPrice per kWh, session or minute; 0 for packages, left out for market prices
     * @param flat part of the amount that unit price × energy, or × quantity, does not cover, e.g. a tier's flat amount, or
     *     that of packages; left out if the amount differs from it by rounding alone
     * @param startedAt of a session, as known when the invoice was drawn up, like its charger and card
     */
    record Line(
            String kind,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sessionId,
            String text,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> startedAt,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> endedAt,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> chargerName,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> place,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> cardLabel,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> energyKwh,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> metric,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> quantity,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> unitPrice,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> flat,
            BigDecimal amount) {

        static Line of(InvoiceLine line) {
            var facts = line.subject().facts();
            var usage = line.subject().usage();
            return new Line(
                    line.kind().wireName(),
                    line.session().map(SessionId::value),
                    line.text(),
                    facts.map(LineSubject.SessionFacts::startedAt),
                    facts.flatMap(LineSubject.SessionFacts::endedAt),
                    facts.flatMap(LineSubject.SessionFacts::charger),
                    facts.flatMap(LineSubject.SessionFacts::place),
                    facts.flatMap(LineSubject.SessionFacts::card),
                    line.energy().map(Energy::kilowattHours),
                    usage.map(it -> it.metric().code()),
                    usage.map(it -> CostJson.plain(it.quantity())),
                    line.unitPrice().map(CostJson::plain),
                    flat(line),
                    line.amount());
        }

        private static Optional<BigDecimal> flat(InvoiceLine line) {
            return line.unitPrice()
                    .flatMap(unitPrice -> line.price().map(LinePrice::flat).or(() -> Optional.of(line.amount())))
                    .filter(flat -> flat.signum() != 0);
        }
    }

    static InvoiceJson of(Invoice invoice) {
        return of(invoice, Optional.empty());
    }

    static InvoiceJson forOperators(Invoice invoice) {
        return of(invoice, Optional.of(invoice.driver().value()));
    }

    private static InvoiceJson of(Invoice invoice, Optional<Long> driver) {
        return new InvoiceJson(
                driver,
                invoice.number(),
                invoice.status().wireName(),
                invoice.kind().name().toLowerCase(java.util.Locale.ROOT),
                invoice.period().from(),
                invoice.period().to(),
                invoice.issuedOn(),
                invoice.dueOn(),
                invoice.isPaid(),
                invoice.paidAt(),
                invoice.currency().getCurrencyCode(),
                invoice.net(),
                CostJson.plain(invoice.vatRate()),
                invoice.vat(),
                invoice.total(),
                List.of(new Vat(CostJson.plain(invoice.vatRate()), invoice.net(), invoice.vat())),
                invoice.parties().map(Parties::issuer).map(IssuerJson::of),
                invoice.parties().map(Parties::recipient).map(RecipientJson::of),
                invoice.paymentReference(),
                invoice.cancels(),
                driver.flatMap(operators -> invoice.cancellation().flatMap(Invoice.Cancellation::reason)),
                invoice.cancelledBy(),
                invoice.replaces(),
                invoice.lines().stream().map(Line::of).toList());
    }
}
