package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.api.live.CostJson;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Invoice as JSON. It is finalized; only its payment changes later.
 *
 * @param driverId present only in the operators' API
 * @param kind {@code period}; {@code start}: a fee in advance; {@code adjustment}: late energy and credits
 * @param vatRate in percent
 * @param lines the lines of the kinds {@code fee}, {@code energy}, {@code adjustment} and {@code credit} add up to the
 *     net amount; {@code session}, {@code other_sessions} and {@code rounding} break the energy lines down by session
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
        List<Line> lines) {

    /** Invoice line; amounts exclude VAT. */
    record Line(
            String kind,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sessionId,
            String text,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> energyKwh,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BigDecimal> unitPrice,
            BigDecimal amount) {

        static Line of(InvoiceLine line) {
            return new Line(
                    line.kind().wireName(),
                    line.session().map(SessionId::value),
                    line.text(),
                    line.energy().map(Energy::kilowattHours),
                    line.unitPrice().map(CostJson::plain),
                    line.amount());
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
                invoice.lines().stream().map(Line::of).toList());
    }
}
