package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link InvoicingJob}, {@link CreditService} and {@link InvoiceService} for operators, with audit log entries. */
@Service
public class OperatorInvoices {

    private final InvoicingJob invoicing;
    private final CreditService credits;
    private final InvoiceService invoices;
    private final AuditLog audit;
    private final Clock clock;

    OperatorInvoices(
            InvoicingJob invoicing, CreditService credits, InvoiceService invoices, AuditLog audit, Clock clock) {
        this.invoicing = invoicing;
        this.credits = credits;
        this.invoices = invoices;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Result of an invoicing run.
     *
     * @param until periods that ended by then
     * @param invoices number of invoices drawn up
     * @param held due invoices that are held
     */
    public record Run(Instant until, int invoices, List<HeldInvoices.Held> held) {}

    /**
     * See {@link InvoicingJob#run}. Each invoice is a transaction of its own, so the run is recorded before it
     * begins.
     *
     * @param until latest end of a period; at most, and by default, now − {@link InvoicingJob#GRACE}
     */
    public Run run(AccountId operator, Optional<Instant> until) {
        var latest = clock.instant().truncatedTo(ChronoUnit.MICROS).minus(InvoicingJob.GRACE);
        var bound = until.filter(latest::isAfter).orElse(latest);
        audit.record(Optional.of(operator), "invoice.run", "invoices", Map.of("until", bound));
        int written = invoicing.run(Optional.of(bound));
        return new Run(bound, written, invoicing.held());
    }

    /** See {@link CreditService#grant}. */
    @Transactional
    public Credit grant(
            AccountId operator, AccountId driver, String amount, String reason, Optional<SessionId> session) {
        var credit = credits.grant(driver, amount, reason, session, operator);
        var details = new LinkedHashMap<String, Object>();
        details.put("driver", driver.value());
        details.put("amount", credit.amount());
        details.put("currency", credit.currency().getCurrencyCode());
        details.put("reason", credit.reason());
        session.ifPresent(id -> details.put("session", id.value()));
        audit.record(Optional.of(operator), "credit.grant", "credit " + credit.id(), details);
        return credit;
    }

    /** See {@link InvoiceService#markPaid(String)}. */
    @Transactional
    public Invoice markPaid(AccountId operator, String number) {
        return noted(operator, number, invoices.markPaid(number));
    }

    /** See {@link InvoiceService#markPaid(String, LocalDate, ZoneId)}. */
    @Transactional
    public Invoice markPaid(AccountId operator, String number, LocalDate paidOn, ZoneId zone) {
        return noted(operator, number, invoices.markPaid(number, paidOn, zone));
    }

    private Invoice noted(AccountId operator, String number, Invoice invoice) {
        audit.record(
                Optional.of(operator),
                "invoice.paid",
                "invoice " + number,
                Map.of(
                        "driver",
                        invoice.driver().value(),
                        "paidAt",
                        invoice.paidAt().orElseThrow()));
        return invoice;
    }
}
