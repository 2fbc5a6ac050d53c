package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.plans.BillingReason;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cancels invoices. The cancellation credits the whole invoice and has a number of its own; a replacement has the same
 * lines, for the issuer and the billing address of today. Sealed events stay as they are, at the same prices. Until there
 * is a replacement, {@linkplain InvoicedPeriods the invoice's billing periods wait}.
 */
@Service
public class CancellationService {

    private static final int LONGEST_REASON = 500;

    private final InvoiceRepository invoices;
    private final CancellationRepository cancellations;
    private final InvoiceFinalizer finalizer;
    private final InvoiceWriter writer;
    private final EventSealing sealing;
    private final AuditLog audit;
    private final Clock clock;

    CancellationService(
            InvoiceRepository invoices,
            CancellationRepository cancellations,
            InvoiceFinalizer finalizer,
            InvoiceWriter writer,
            EventSealing sealing,
            AuditLog audit,
            Clock clock) {
        this.invoices = invoices;
        this.cancellations = cancellations;
        this.finalizer = finalizer;
        this.writer = writer;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The documents of a cancellation.
     *
     * @param cancellation credit note over the whole invoice
     */
    public record Cancelled(Invoice cancellation, Optional<Invoice> replacement) {}

    /**
     * Cancels an invoice, with an entry in the audit log. Operators read the reason on both documents' pages; customers
     * do not. Without a replacement, credits that were on the invoice are open again. The replacement of a paid invoice is
     * paid.
     *
     * @param replace whether an invoice with the same lines takes its place
     * @throws NotFound if there is no such invoice
     * @throws InvalidInput without a reason
     * @throws Conflict if the invoice is prepared, cancelled, or itself a cancellation, if there is no issuer, or if the invoice is
     *     paid and its replacement would have another total
     */
    @Transactional
    public Cancelled cancel(AccountId operator, String number, String reason, boolean replace) {
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw InvalidInput.of("reason", BillingReason.TEXT.with(LONGEST_REASON));
        }
        long id = cancellations.lock(number).orElseThrow(NotFound::new);
        var invoice = existing(number);
        refuseUnlessFinal(invoice);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var cancellation = cancellations.cancel(id, reason.strip(), now);
        finalizer.finalizeCancellation(cancellation.id(), now);
        Optional<String> replacement = Optional.empty();
        if (replace) {
            var drawnUp = cancellations.replace(id, number, now);
            finalizer.finalize(drawnUp.id(), now);
            invoice.paidAt().ifPresent(at -> carryPayment(invoice, existing(drawnUp.number()), at));
            replacement = Optional.of(drawnUp.number());
        } else {
            cancellations.reopenCredits(id, operator, now);
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("driver", invoice.driver().value());
        details.put("reason", reason.strip());
        details.put("cancellation", cancellation.number());
        replacement.ifPresent(by -> details.put("replacement", by));
        audit.record(Optional.of(operator), "invoice.cancel", "invoice " + number, details);
        return new Cancelled(existing(cancellation.number()), replacement.map(this::existing));
    }

    /**
     * Draws up the replacement of an invoice that was cancelled without one, with an entry in the audit log: its lines
     * without credits, what has changed since in its billing periods, and open credits. It is to be paid, even if the
     * cancelled invoice was.
     *
     * @throws NotFound if there is no such invoice
     * @throws Conflict if the invoice is not cancelled, or has a replacement
     */
    @Transactional
    public Invoice replace(AccountId operator, String number) {
        var invoice = existing(number);
        if (invoice.status() != Invoice.Status.CANCELLED) {
            throw new Conflict(BillingReason.NOT_CANCELLED.with(number));
        }
        sealing.lock(invoice.driver());
        var unreplaced = cancellations
                .unreplaced(number)
                .orElseThrow(() -> new Conflict(BillingReason.REPLACED.with(
                        number, invoices.replacementOf(number).orElseThrow())));
        var replacement =
                writer.replacement(invoice, unreplaced, clock.instant().truncatedTo(ChronoUnit.MICROS));
        var details = new LinkedHashMap<String, Object>();
        details.put("driver", invoice.driver().value());
        details.put("replacement", replacement);
        audit.record(Optional.of(operator), "invoice.replace", "invoice " + number, details);
        return existing(replacement);
    }

    /** The money of a paid invoice pays its replacement, if that asks for the same. */
    private void carryPayment(Invoice paid, Invoice replacement, Instant at) {
        if (paid.total().compareTo(replacement.total()) != 0) {
            throw new Conflict(BillingReason.PAID_OTHERWISE.with(
                    paid.number(),
                    paid.total().toPlainString(),
                    replacement.total().toPlainString(),
                    paid.currency().getCurrencyCode()));
        }
        invoices.paid(replacement.number(), at);
    }

    private void refuseUnlessFinal(Invoice invoice) {
        switch (invoice.status()) {
            case PREPARED -> throw new Conflict(BillingReason.PREPARED.with(invoice.number()));
            case CANCELLED ->
                throw new Conflict(BillingReason.CANCELLED.with(
                        invoice.number(), invoice.cancelledBy().orElseThrow()));
            case FINALIZED -> {
                if (invoice.kind() == Invoice.Kind.CANCELLATION) {
                    throw new Conflict(BillingReason.CANCELS_NOTHING.with(invoice.number()));
                }
                if (!finalizer.hasIssuer()) {
                    throw new Conflict(BillingReason.NO_ISSUER.with());
                }
            }
        }
    }

    private Invoice existing(String number) {
        return invoices.find(number, Optional.empty()).orElseThrow(NotFound::new);
    }
}
