package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.UsageRepository;
import express.polaris.billing.invoicing.InvoiceDraft.Share;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.Rating;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.EventSeals;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Seals the events of a billing period: a sealed event never changes its place, price or any other column. */
@Repository
class EventSealing {

    private static final int ROWS_AT_A_TIME = 1_000;

    /** An unsealed event is billed at the instant of its reading, which an index of the unsealed events has. */
    private static final String UNSEALED = """
        from synced_transaction_events e
         where e.driver_id = :driver and e.sealed_at is null and e.measured_at > :from and e.measured_at <= :to
           and not\
        """ + " " + UsageRepository.HELD;

    private final JdbcClient jdbc;
    private final EventSeals seals;

    EventSealing(JdbcClient jdbc, EventSeals seals) {
        this.jdbc = jdbc;
        this.seals = seals;
    }

    /**
     * Result of one round of sealing.
     *
     * @param owedBefore amount owed for the period's sealed energy before the round
     * @param bands explanation of the round's amount, by band
     * @param sessions share of each session, by id
     */
    record Round(BigDecimal owedBefore, List<PriceLine> bands, Map<SessionId, Share> sessions) {

        /** Combines two consecutive rounds of one period; keeps shares by session but no bands. */
        Round then(Round next) {
            var both = new LinkedHashMap<>(sessions);
            next.sessions.forEach((session, share) ->
                    both.merge(session, share, (one, other) -> one.plus(other.energy(), other.amount())));
            return new Round(owedBefore, List.of(), both);
        }
    }

    /**
     * Invoiced total of a billing period.
     *
     * @param energy net of energy given back
     * @param beside amount owed in addition to the plan's price of that energy, because parts were given back
     *     at other prices
     */
    record Total(Energy energy, BigDecimal beside) {

        static final Total NOTHING = new Total(Energy.ZERO, BigDecimal.ZERO);

        BigDecimal owed(Plan plan) {
            return plan.owed(energy).add(beside);
        }
    }

    /**
     * Blocks every change to the cost of this driver's energy until the transaction ends. Called before any event is
     * locked: see "Lock order" in docs/architecture.md.
     */
    void lock(AccountId driver) {
        jdbc.sql("select forget_prices(?, '-infinity')")
                .param(driver.value())
                .query((row, number) -> number)
                .list();
    }

    /** Seals the period's unsealed events except held ones; they rank after the sealed ones. */
    Round seal(SubscriptionPeriod period, Instant now) {
        var sealedBefore = sealedBefore(period);
        var base = sealedBefore.energy();
        var at = place(period, now);
        var plan = period.subscription().plan();
        var sessions = new LinkedHashMap<SessionId, Share>();
        Energy[] total = {Energy.ZERO};
        jdbc.sql("""
            select e.steve_transaction_id, e.counted_kwh, x.before_kwh
              from sealed_events x join synced_transaction_events e using (steve_transaction_id, position)
             where x.subscription_id = :subscription and x.period_from = :periodFrom and e.sealed_at = :at
             order by e.steve_transaction_id, e.position
            """)
                .withFetchSize(ROWS_AT_A_TIME)
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("at", SqlTime.utc(at))
                .query(row -> {
                    var delta = Energy.ofKilowattHours(row.getBigDecimal("counted_kwh"));
                    var before = Energy.ofKilowattHours(row.getBigDecimal("before_kwh"));
                    total[0] = total[0].plus(delta);
                    var amount = delta.isZero()
                            ? BigDecimal.ZERO
                            : plan.owed(before.plus(delta)).subtract(plan.owed(before));
                    var session = new SessionId(row.getLong("steve_transaction_id"));
                    var share = sessions.getOrDefault(session, new Share(Energy.ZERO, BigDecimal.ZERO));
                    sessions.put(session, share.plus(delta, amount));
                });
        keepTotal(period, new Total(base.plus(total[0]), sealedBefore.beside()));
        var bands = new ArrayList<PriceLine>();
        plan.models()
                .forEach(model -> bands.addAll(Rating.of(model, base, total[0]).lines()));
        return new Round(sealedBefore.owed(plan), bands, sessions);
    }

    /** Returns the instant of the first event that arrived after its period of this subscription was invoiced. */
    Optional<Instant> firstLate(Subscription subscription, Instant invoicedThrough) {
        return jdbc.sql("select min(e.measured_at) as at " + UNSEALED)
                .param("driver", subscription.driver().value())
                .param("from", SqlTime.utc(subscription.startedAt()))
                .param("to", SqlTime.utc(invoicedThrough))
                .query((row, number) -> SqlTime.instant(row, "at"))
                .single();
    }

    /**
     * Returns the energy that arrived after its period of this subscription was invoiced, by the instant it is
     * priced at.
     */
    Map<Instant, Energy> late(Subscription subscription, Instant invoicedThrough) {
        var late = new LinkedHashMap<Instant, Energy>();
        jdbc.sql("select e.measured_at, sum(e.counted_kwh) as kwh " + UNSEALED
                        + " group by e.measured_at order by e.measured_at")
                .param("driver", subscription.driver().value())
                .param("from", SqlTime.utc(subscription.startedAt()))
                .param("to", SqlTime.utc(invoicedThrough))
                .query(row -> {
                    late.put(SqlTime.required(row, "measured_at"), Energy.ofKilowattHours(row.getBigDecimal("kwh")));
                });
        return late;
    }

    private Instant place(SubscriptionPeriod period, Instant now) {
        var bounds = period.inForce();
        var placed = jdbc.sql("""
            with placed as (
            insert into sealed_events (steve_transaction_id, position, subscription_id, period_from, before_kwh)
            select e.steve_transaction_id, e.position, :subscription, :periodFrom,
                   coalesce((select kwh from sealed_usage
                              where subscription_id = :subscription and period_from = :periodFrom), 0)
                   + sum(e.counted_kwh) over (order by e.measured_at, e.steve_transaction_id, e.position
                                              rows unbounded preceding) - e.counted_kwh
            """ + UNSEALED + """
            returning steve_transaction_id, position),
            sessions as (
                select steve_transaction_id, range_agg(int4range(position, position + 1)) as positions
                  from placed group by steve_transaction_id)
            select steve_transaction_id, lower(span) as from_position, upper(span) as until_position
              from sessions, unnest(positions) span
            """)
                .param("driver", period.subscription().driver().value())
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .query((row, number) -> new EventSeals.Span(
                        new SessionId(row.getLong("steve_transaction_id")),
                        row.getInt("from_position"),
                        row.getInt("until_position")))
                .list();
        var at = next(period, now);
        seals.seal(placed, at);
        return at;
    }

    /**
     * Returns an instant after every earlier sealing or giving back in the period, because these instants
     * define the ranking.
     */
    Instant next(SubscriptionPeriod period, Instant now) {
        return jdbc.sql("""
            select greatest(:now, max(at) + interval '1 microsecond') as at
              from (select max(e.sealed_at) as at
                      from sealed_events x join synced_transaction_events e using (steve_transaction_id, position)
                     where x.subscription_id = :subscription and x.period_from = :periodFrom
                    union all
                    select max(given_back_at) from taken_back
                     where subscription_id = :subscription and period_from = :periodFrom) earlier
            """)
                .param("now", SqlTime.utc(now))
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .query((row, number) -> SqlTime.required(row, "at"))
                .single();
    }

    /** Returns the invoiced total of the period. */
    Total sealedBefore(SubscriptionPeriod period) {
        return jdbc.sql("select kwh, beside from sealed_usage where subscription_id = ? and period_from = ?")
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .query((row, number) ->
                        new Total(Energy.ofKilowattHours(row.getBigDecimal("kwh")), row.getBigDecimal("beside")))
                .optional()
                .orElse(Total.NOTHING);
    }

    void keepTotal(SubscriptionPeriod period, Total total) {
        jdbc.sql("""
            insert into sealed_usage (subscription_id, period_from, kwh, beside) values (?, ?, ?, ?)
            on conflict (subscription_id, period_from) do update set kwh = excluded.kwh, beside = excluded.beside
            """)
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .param(total.energy().kilowattHours())
                .param(total.beside())
                .update();
    }
}
