package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.BucketTotals;
import express.polaris.billing.cost.PriceConditionsReader;
import express.polaris.billing.cost.SessionFees;
import express.polaris.billing.cost.TimedEnergy;
import express.polaris.billing.cost.UsageRepository;
import express.polaris.billing.invoicing.InvoiceDraft.Share;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.RolledOverEnergy;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.Rating;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.EventSeals;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    private final PriceConditionsReader conditions;
    private final BucketTotals buckets;
    private final FeeSealing fees;
    private final RolledOverEnergy rolledOver;

    EventSealing(
            JdbcClient jdbc,
            EventSeals seals,
            PriceConditionsReader conditions,
            BucketTotals buckets,
            FeeSealing fees,
            RolledOverEnergy rolledOver) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.conditions = conditions;
        this.buckets = buckets;
        this.fees = fees;
        this.rolledOver = rolledOver;
    }

    /**
     * Result of one round of sealing.
     *
     * @param owedBefore amount owed for the period's sealed energy and fees before the round
     * @param bands explanation of the energy's amount, by band
     * @param fees explanation of the fees' amount, by session
     * @param sessions share of each session, fees included, by id
     */
    record Round(
            BigDecimal owedBefore,
            List<PriceLine> bands,
            Map<SessionId, List<FeeLine>> fees,
            Map<SessionId, Share> sessions) {

        /** Combines two consecutive rounds of one period; keeps shares and fees by session but no bands. */
        Round then(Round next) {
            var both = new LinkedHashMap<>(sessions);
            next.sessions.forEach((session, share) ->
                    both.merge(session, share, (one, other) -> one.plus(other.energy(), other.amount())));
            var allFees = new LinkedHashMap<>(fees);
            next.fees.forEach((session, lines) -> allFees.merge(
                    session,
                    lines,
                    (some, more) -> SessionFees.merged(
                            Stream.concat(some.stream(), more.stream()).toList())));
            return new Round(owedBefore, List.of(), allFees, both);
        }
    }

    /**
     * Invoiced total of a billing period.
     *
     * @param energy net of energy given back
     * @param beside amount owed in addition to {@link Plan#owed} for that energy: prices that depend on time or place,
     *     fees, and what parts that were given back cost at other places
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

    /**
     * Seals the period's unsealed events except held ones, and the fees of its completed sessions; they rank after what is
     * sealed already.
     */
    Round seal(SubscriptionPeriod period, Instant now) {
        rolledOver.fix(period);
        var sealedBefore = sealedBefore(period);
        var base = sealedBefore.energy();
        var at = place(period, now);
        var plan = period.plan();
        var energy = new SealedEnergy(period);
        jdbc.sql("""
            select e.steve_transaction_id, e.position, s.charge_box_id, e.measured_from, e.measured_at, e.counted_kwh,
                   x.before_kwh
              from sealed_events x
              join synced_transaction_events e using (steve_transaction_id, position)
              join transaction_sync_state s using (steve_transaction_id)
             where x.subscription_id = :subscription and x.period_from = :periodFrom and e.sealed_at = :at
             order by e.steve_transaction_id, e.position
            """)
                .withFetchSize(ROWS_AT_A_TIME)
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("at", SqlTime.utc(at))
                .query(row -> {
                    energy.add(row, at);
                });
        var fees = this.fees.seal(period, at);
        fees.forEach((session, lines) -> energy.share(session, Energy.ZERO, amount(lines)));
        var beside = energy.timedAmount.add(
                amount(fees.values().stream().flatMap(List::stream).toList()));
        keepTotal(
                period, new Total(base.plus(energy.total), sealedBefore.beside().add(beside)));
        var bands = new ArrayList<PriceLine>();
        plan.models()
                .forEach(model ->
                        bands.addAll(Rating.of(model, base, energy.total).lines()));
        bands.addAll(energy.timedLines.lines());
        return new Round(sealedBefore.owed(plan), bands, fees, energy.sessions);
    }

    static BigDecimal amount(List<FeeLine> lines) {
        return lines.stream().map(FeeLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Adds up the events of a round. */
    private final class SealedEnergy {

        private final Plan plan;
        private final TimedEnergy timed;
        private final Map<BucketTotals.Place, Map<Bucket, Energy>> places;
        private final Map<SessionId, Share> sessions = new LinkedHashMap<>();
        private final PriceLine.Sum timedLines = new PriceLine.Sum();
        private BigDecimal timedAmount = BigDecimal.ZERO;
        private Energy total = Energy.ZERO;

        SealedEnergy(SubscriptionPeriod period) {
            plan = period.plan();
            timed = conditions.in(period);
            places = buckets.all(period);
        }

        void add(ResultSet row, Instant at) throws SQLException {
            var session = new SessionId(row.getLong("steve_transaction_id"));
            var delta = Energy.ofKilowattHours(row.getBigDecimal("counted_kwh"));
            var before = Energy.ofKilowattHours(row.getBigDecimal("before_kwh"));
            total = total.plus(delta);
            var amount = delta.isZero()
                    ? BigDecimal.ZERO
                    : plan.owed(before.plus(delta)).subtract(plan.owed(before));
            if (plan.isTimed() && !delta.isZero()) {
                var priced = timed.of(
                        measured(row, Optional.of(at)),
                        delta,
                        places.getOrDefault(new BucketTotals.Place(session, row.getInt("position")), Map.of()));
                if (!priced.isComplete()) {
                    throw new IllegalStateException("A market price of session " + session + " is missing as of " + at);
                }
                priced.lines().forEach(line -> timedLines.add(line.atAnyHour()));
                timedAmount = timedAmount.add(priced.amount());
                amount = amount.add(priced.amount());
            }
            share(session, delta, amount);
        }

        void share(SessionId session, Energy energy, BigDecimal amount) {
            sessions.put(
                    session,
                    sessions.getOrDefault(session, new Share(Energy.ZERO, BigDecimal.ZERO))
                            .plus(energy, amount));
        }
    }

    static TimedEnergy.Measured measured(ResultSet row, Optional<Instant> sealedAt) throws SQLException {
        return new TimedEnergy.Measured(
                row.getString("charge_box_id"),
                SqlTime.required(row, "measured_from"),
                SqlTime.required(row, "measured_at"),
                sealedAt);
    }

    /**
     * Prices of unsealed energy by the charges that depend on time or place.
     *
     * @param amounts exact, by billing period
     * @param unpriced periods with energy that a market price is missing for; they wait for it as a whole
     */
    record Timed(Map<SubscriptionPeriod, BigDecimal> amounts, Set<SubscriptionPeriod> unpriced) {

        boolean isPriced(SubscriptionPeriod period) {
            return !unpriced.contains(period);
        }
    }

    /** Prices the unsealed energy that was measured after {@code from} and up to {@code to}. */
    Timed timed(Subscription subscription, Instant from, Instant to) {
        if (!subscription.plan().isTimed()) {
            return new Timed(Map.of(), Set.of());
        }
        var amounts = new LinkedHashMap<SubscriptionPeriod, BigDecimal>();
        var unpriced = new HashSet<SubscriptionPeriod>();
        var prices = new HashMap<SubscriptionPeriod, TimedEnergy>();
        var places = new HashMap<SubscriptionPeriod, Map<BucketTotals.Place, Map<Bucket, Energy>>>();
        jdbc.sql("""
            select e.steve_transaction_id, e.position, e.measured_from, e.measured_at, e.counted_kwh,
                   (select s.charge_box_id from transaction_sync_state s
                     where s.steve_transaction_id = e.steve_transaction_id) as charge_box_id
            """ + UNSEALED + " and e.counted_kwh > 0")
                .param("driver", subscription.driver().value())
                .param("from", SqlTime.utc(from))
                .param("to", SqlTime.utc(to))
                .query(row -> {
                    var period = subscription.periodOfReading(SqlTime.required(row, "measured_at"));
                    var place = new BucketTotals.Place(
                            new SessionId(row.getLong("steve_transaction_id")), row.getInt("position"));
                    var priced = prices.computeIfAbsent(period, conditions::in)
                            .of(
                                    measured(row, Optional.empty()),
                                    Energy.ofKilowattHours(row.getBigDecimal("counted_kwh")),
                                    places.computeIfAbsent(period, buckets::all).getOrDefault(place, Map.of()));
                    if (!priced.isComplete()) {
                        unpriced.add(period);
                    }
                    amounts.merge(period, priced.amount(), BigDecimal::add);
                });
        amounts.keySet().removeAll(unpriced);
        return new Timed(amounts, unpriced);
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
