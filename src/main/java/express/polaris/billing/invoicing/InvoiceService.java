package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.BillingReason;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Numbered invoices: a driver's own, or all for operators. */
@Service
public class InvoiceService {

    private static final Logger log = LoggerFactory.getLogger(InvoiceService.class);

    private final InvoiceRepository repository;
    private final Snapshot snapshot;
    private final Clock clock;

    InvoiceService(InvoiceRepository repository, Snapshot snapshot, Clock clock) {
        this.repository = repository;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /**
     * Finds the driver's own invoice with its lines; empty when it does not exist or is another driver's,
     * without distinction.
     */
    public Optional<Invoice> find(String number, AccountId driver) {
        return repository.find(number, Optional.of(driver));
    }

    /** Finds any driver's invoice, for operators. */
    public Optional<Invoice> find(String number) {
        return repository.find(number, Optional.empty());
    }

    /** Returns the number of the invoice that takes the place of a cancelled one, for operators. */
    public Optional<String> replacementOf(String number) {
        return repository.replacementOf(number);
    }

    /**
     * Returns the invoice if it has documents.
     *
     * @throws Conflict if it is still prepared
     */
    public Invoice issued(Invoice invoice) {
        if (invoice.status() == Invoice.Status.PREPARED) {
            throw new Conflict(BillingReason.PREPARED.with(invoice.number()));
        }
        return invoice;
    }

    /**
     * Lists invoices without lines, latest first.
     *
     * @param driver empty = all drivers
     * @param before number of the previous page's last invoice; empty for the first page
     */
    public List<Invoice> page(Optional<AccountId> driver, Optional<String> before, int limit) {
        return repository.page(driver, before, limit);
    }

    /** Like {@link #page}, with lines. */
    public List<Invoice> pageWithLines(Optional<AccountId> driver, Optional<String> before, int limit) {
        return repository.withLines(repository.page(driver, before, limit));
    }

    /**
     * Marks an invoice as paid; an invoice that is already paid keeps its date. The caller writes the audit log.
     *
     * @throws NotFound if there is no such invoice
     * @throws Conflict if it is prepared or cancelled
     */
    @Transactional
    public Invoice markPaid(String number) {
        return markPaid(number, clock.instant());
    }

    private Invoice markPaid(String number, Instant at) {
        repository.paid(number, at);
        var invoice = repository.find(number, Optional.empty()).orElseThrow(NotFound::new);
        return switch (invoice.status()) {
            case PREPARED -> throw new Conflict(BillingReason.NOT_PAYABLE_YET.with(number));
            case CANCELLED ->
                throw new Conflict(BillingReason.CANCELLED.with(
                        number, invoice.cancelledBy().orElseThrow()));
            case FINALIZED -> invoice;
        };
    }

    /**
     * Marks an invoice as paid on a day; an invoice that is already paid keeps its date. The caller writes the audit
     * log.
     *
     * @param paidOn from the day of issue to today
     * @param zone time zone of {@code paidOn} and of today
     * @throws NotFound if there is no such invoice
     * @throws Conflict if it is prepared or cancelled
     * @throws InvalidInput if the day is outside that range
     */
    @Transactional
    public Invoice markPaid(String number, LocalDate paidOn, ZoneId zone) {
        var invoice = repository.find(number, Optional.empty()).orElseThrow(NotFound::new);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, zone);
        if (paidOn.isAfter(today) || paidOn.isBefore(invoice.issuedOn())) {
            throw InvalidInput.of("paidOn", BillingReason.PAID_ON.with(invoice.issuedOn()));
        }
        var noon = paidOn.atTime(LocalTime.NOON).atZone(zone).toInstant();
        return markPaid(number, paidOn.equals(today) ? now : noon);
    }

    /**
     * Returns the numbers of the invoices with events of these sessions, oldest first; sessions without one are
     * absent. A failed lookup is logged and yields an empty map.
     */
    public Map<SessionId, List<String>> ofSessions(Collection<SessionId> sessions) {
        try {
            return snapshot.attempt(() -> repository.ofSessions(sessions));
        } catch (DataAccessException e) {
            log.warn("Cannot look up the invoices of {} sessions", sessions.size(), e);
            return Map.of();
        }
    }
}
