package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.problems.InvalidInput;
import express.polaris.problems.NotFound;
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

/** Finalized invoices: a driver's own, and for operators all. */
@Service
public class Invoices {

    private static final Logger log = LoggerFactory.getLogger(Invoices.class);

    private final InvoiceRepository repository;
    private final Clock clock;

    Invoices(InvoiceRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** The driver's own invoice with its lines; empty when it is not there or not theirs, which nobody can tell apart. */
    public Optional<Invoice> find(String number, AccountId driver) {
        return repository.find(number, Optional.of(driver));
    }

    /** Whoever's it is, for operators. */
    public Optional<Invoice> find(String number) {
        return repository.find(number, Optional.empty());
    }

    /**
     * The latest first, without lines.
     *
     * @param driver empty = of all drivers
     * @param before the number of the last one of the page before; empty for the first page
     */
    public List<Invoice> page(Optional<AccountId> driver, Optional<String> before, int limit) {
        return repository.page(driver, before, limit);
    }

    /** As {@link #page}, with the lines of each. */
    public List<Invoice> pageWithLines(Optional<AccountId> driver, Optional<String> before, int limit) {
        return repository.withLines(repository.page(driver, before, limit));
    }

    /**
     * Marks an invoice as paid; one that is paid already keeps its date. The caller writes the audit log.
     *
     * @throws NotFound
     */
    @Transactional
    public Invoice markPaid(String number) {
        return markPaid(number, clock.instant());
    }

    private Invoice markPaid(String number, Instant at) {
        repository.paid(number, at);
        return repository.find(number, Optional.empty()).orElseThrow(NotFound::new);
    }

    /**
     * Marks an invoice as paid on a day; one that is paid already keeps its date. The caller writes the audit log.
     *
     * @param paidOn from the day of issue to today
     * @param zone in which the day is meant
     * @throws NotFound
     * @throws InvalidInput for another day
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
     * The numbers of the invoices that have events of these sessions, the oldest first; none = not in the map. Never
     * fails its caller: what cannot be looked up is not there, and the log says why.
     */
    public Map<SessionId, List<String>> ofSessions(Collection<SessionId> sessions) {
        try {
            return repository.ofSessions(sessions);
        } catch (DataAccessException e) {
            log.warn("The invoices of {} sessions cannot be looked up", sessions.size(), e);
            return Map.of();
        }
    }
}
