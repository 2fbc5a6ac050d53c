package express.polaris.billing.invoicing;

import express.polaris.platform.database.RetriedTransaction;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finalizes invoices: copies issuer and recipient into them, and dates them. Without an issuer an invoice stays prepared until one is
 * saved. Safe on several nodes: each invoice is claimed, and finalized once.
 */
@Component
class InvoiceFinalizer {

    private static final Logger log = LoggerFactory.getLogger(InvoiceFinalizer.class);

    /**
     * The recipient of today; of a deleted account that is forgotten, the one of the invoice that this one replaces or
     * cancels.
     */
    private static final String COPY = """
        update invoices i
           set finalized_at = :now, issued_on = :today,
               due_on = case when i.kind = 'cancellation' then :today else cast(:today as date) + s.days_to_pay end,
               vat_rate = case when v.is_charged then i.vat_rate else 0 end,
               vat = case when v.is_charged then i.vat else 0 end,
               total = case when v.is_charged then i.total else i.net end,
               issuer = s.legal_name, issuer_version = s.version,
               recipient_kind = t.kind, recipient_name = t.name, recipient_email = t.email,
               recipient_street = t.street, recipient_extra = t.extra, recipient_postcode = t.postcode,
               recipient_city = t.city, recipient_country = t.country, recipient_vat_id = t.vat_id,
               recipient_order_reference = t.order_reference
          from issuers s, invoices n
          join accounts a on a.id = n.driver_id
          left join billing_recipients r on r.driver_id = a.id
          left join billing_addresses b on b.driver_id = a.id
          left join invoices o on o.number in (n.replaces, n.cancels) and a.deleted_at is not null
                             and r.driver_id is null
         cross join lateral (
               select coalesce(o.recipient_kind, 'person') as kind, o.recipient_name as name,
                      o.recipient_email as email, o.recipient_street as street, o.recipient_extra as extra,
                      o.recipient_postcode as postcode, o.recipient_city as city, o.recipient_country as country,
                      o.recipient_vat_id as vat_id, o.recipient_order_reference as order_reference
                where o.id is not null
                union all
               select coalesce(b.kind, 'person'), coalesce(b.name, r.name, a.name), coalesce(r.email, a.email),
                      b.street, b.extra, b.postcode, b.city, b.country, b.vat_id, b.order_reference
                where o.id is null) t
         cross join lateral (
               select n.kind = 'cancellation' or case s.vat_note
                      when 'none' then true
                      when 'small_business' then false
                      else not coalesce(t.kind = 'company' and t.vat_id is not null and t.country <> s.country, false)
                      end as is_charged) v
         where i.id = :id and n.id = i.id and i.finalized_at is null
           and s.version = (select max(version) from issuers)
        returning i.number
        """;

    private static final String CANCEL = """
        update invoices i
           set finalized_at = :now, issuer = c.issuer, issuer_version = c.issuer_version,
               recipient_kind = c.recipient_kind, recipient_name = c.recipient_name,
               recipient_email = c.recipient_email, recipient_street = c.recipient_street,
               recipient_extra = c.recipient_extra, recipient_postcode = c.recipient_postcode,
               recipient_city = c.recipient_city, recipient_country = c.recipient_country,
               recipient_vat_id = c.recipient_vat_id, recipient_order_reference = c.recipient_order_reference
          from invoices c
         where i.id = :id and c.number = i.cancels and c.issuer_version is not null
        returning i.number
        """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final ZoneId zone;
    private final Clock clock;

    InvoiceFinalizer(
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.transaction = new RetriedTransaction(transactions);
        this.zone = settings.timeZone();
        this.clock = clock;
    }

    boolean hasIssuer() {
        return jdbc.sql("select exists (select from issuers)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Finalizes a cancellation for the parties of the invoice that it cancels, in the caller's transaction; for those of
     * today if that one was finalized without parties.
     */
    void finalizeCancellation(long id, Instant now) {
        jdbc.sql(CANCEL)
                .param("now", SqlTime.utc(now))
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional()
                .ifPresentOrElse(number -> events.publishEvent(new InvoiceFinalized(number)), () -> finalize(id, now));
    }

    /** Finalizes an invoice that is drawn up, in the caller's transaction; without an issuer, it stays prepared. */
    void finalize(long id, Instant now) {
        jdbc.sql(COPY)
                .param("now", SqlTime.utc(now))
                .param("today", LocalDate.ofInstant(now, zone))
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional()
                .ifPresent(number -> events.publishEvent(new InvoiceFinalized(number)));
    }

    /**
     * Finalizes prepared invoices, oldest first, each in its own transaction; one that fails is logged and stays
     * prepared.
     *
     * @return number of invoices finalized
     */
    int finalizePrepared(Duration most) {
        var until = clock.instant().plus(most);
        var failed = new HashSet<Long>();
        int done = 0;
        while (clock.instant().isBefore(until)) {
            Long[] claimed = new Long[1];
            try {
                boolean found = Boolean.TRUE.equals(transaction.execute(status -> {
                    var id = claim(failed);
                    id.ifPresent(prepared -> {
                        claimed[0] = prepared;
                        finalize(prepared, clock.instant().truncatedTo(ChronoUnit.MICROS));
                    });
                    return id.isPresent();
                }));
                if (!found) {
                    return done;
                }
                done++;
            } catch (RuntimeException e) {
                log.error("Cannot finalize invoice with id {}", claimed[0], e);
                if (claimed[0] == null || !failed.add(claimed[0])) {
                    return done;
                }
            }
        }
        return done;
    }

    private Optional<Long> claim(Set<Long> except) {
        return jdbc.sql("""
            select id from invoices
             where drawn_up_at is not null and finalized_at is null and id <> all(:except)
               and exists (select from issuers)
             order by id limit 1 for update skip locked
            """)
                .param("except", except.toArray(Long[]::new))
                .query(Long.class)
                .optional();
    }
}
