package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.BucketTotals;
import express.polaris.billing.cost.PriceConditionsReader;
import express.polaris.billing.invoicing.InvoiceDraft.Share;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Energy of sealed events taken back by a revised stop or an operator's decision. The next invoice gives back its
 * price: the cost of the event at its place, less the cost of what remains of it there.
 */
@Repository
class TakenBackEnergy {

    private final SubscriptionRepository subscriptions;
    private final EventSealing sealing;
    private final PriceConditionsReader conditions;
    private final BucketTotals buckets;
    private final JdbcClient jdbc;

    TakenBackEnergy(
            SubscriptionRepository subscriptions,
            EventSealing sealing,
            PriceConditionsReader conditions,
            BucketTotals buckets,
            JdbcClient jdbc) {
        this.subscriptions = subscriptions;
        this.sealing = sealing;
        this.conditions = conditions;
        this.buckets = buckets;
        this.jdbc = jdbc;
    }

    /**
     * Part of an event whose price no invoice has given back yet.
     *
     * @param until the period's energy up to and including the part of the event that is not given back
     * @param timed its price by the charges that depend on time or place
     */
    record Part(SubscriptionPeriod period, SessionId session, Energy until, Energy energy, BigDecimal timed) {

        Share share() {
            var plan = period.plan();
            var price =
                    plan.owed(until).subtract(plan.owed(until.minus(energy))).add(timed);
            return new Share(energy.negated(), price.negate());
        }
    }

    /** Returns the parts that wait for a driver's next invoice, by billing period; one part for each event. */
    Map<SubscriptionPeriod, List<Part>> waiting(AccountId driver) {
        var parts = new LinkedHashMap<SubscriptionPeriod, List<Part>>();
        var known = new LinkedHashMap<SubscriptionId, Subscription>();
        jdbc.sql("""
            select t.subscription_id, t.period_from, t.steve_transaction_id, t.position, t.kwh, w.charge_box_id,
                   e.measured_from, e.measured_at, e.sealed_at, x.before_kwh,
                   e.counted_kwh
                   - coalesce((select sum(g.kwh) from taken_back g
                                where g.steve_transaction_id = t.steve_transaction_id and g.position = t.position
                                  and g.given_back_at is not null), 0) as left_kwh
              from taken_back t
              join transaction_sync_state w on w.steve_transaction_id = t.steve_transaction_id
              join subscriptions s on s.id = t.subscription_id
              join sealed_events x on x.steve_transaction_id = t.steve_transaction_id and x.position = t.position
              join synced_transaction_events e
                on e.steve_transaction_id = t.steve_transaction_id and e.position = t.position
             where s.driver_id = ? and t.given_back_at is null
             order by t.subscription_id, t.period_from, t.steve_transaction_id, t.position
            """).param(driver.value()).query(row -> {
            var subscription = known.computeIfAbsent(
                    new SubscriptionId(row.getLong("subscription_id")),
                    id -> subscriptions.find(id).orElseThrow());
            var period = subscription.periodAt(SqlTime.required(row, "period_from"));
            var energy = Energy.ofKilowattHours(row.getBigDecimal("kwh"));
            var left = Energy.ofKilowattHours(row.getBigDecimal("left_kwh"));
            var part = new Part(
                    period,
                    new SessionId(row.getLong("steve_transaction_id")),
                    Energy.ofKilowattHours(row.getBigDecimal("before_kwh")).plus(left),
                    energy,
                    timed(row, period, left, energy));
            parts.merge(part.period(), List.of(part), TakenBackEnergy::joined);
        });
        return parts;
    }

    /** Price of what is taken back by the charges that depend on time or place: of the event, less of what remains of it. */
    private BigDecimal timed(ResultSet row, SubscriptionPeriod period, Energy left, Energy energy) throws SQLException {
        if (!period.plan().isTimed()) {
            return BigDecimal.ZERO;
        }
        var prices = conditions.in(period);
        var event = EventSealing.measured(row, SqlTime.instant(row, "sealed_at"));
        var before = buckets.all(period)
                .getOrDefault(
                        new BucketTotals.Place(
                                new SessionId(row.getLong("steve_transaction_id")), row.getInt("position")),
                        Map.of());
        return prices.of(event, left, before)
                .amount()
                .subtract(prices.of(event, left.minus(energy), before).amount());
    }

    /**
     * Gives back the parts of one billing period, within the caller's transaction.
     *
     * @return what each session gets back, as a round of sealing with negative energy
     */
    EventSealing.Round giveBack(SubscriptionPeriod period, List<Part> parts, Instant now) {
        var plan = period.plan();
        var before = sealing.sealedBefore(period);
        var sessions = new LinkedHashMap<SessionId, Share>();
        for (var part : parts) {
            var share = part.share();
            sessions.merge(part.session(), share, (one, other) -> one.plus(other.energy(), other.amount()));
        }
        sealing.keepTotal(period, less(before, plan, parts));
        jdbc.sql("""
            update taken_back set given_back_at = ?
             where subscription_id = ? and period_from = ? and given_back_at is null
            """)
                .param(SqlTime.utc(sealing.next(period, now)))
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .update();
        return new EventSealing.Round(before.owed(plan), List.of(), Map.of(), sessions);
    }

    /** Returns the invoiced total of the period after these parts are given back. */
    static EventSealing.Total less(EventSealing.Total before, Plan plan, List<Part> parts) {
        var energy = before.energy();
        var owed = before.owed(plan);
        for (var part : parts) {
            energy = energy.plus(part.share().energy());
            owed = owed.add(part.share().amount());
        }
        return new EventSealing.Total(energy, owed.subtract(plan.owed(energy)));
    }

    private static List<Part> joined(List<Part> some, List<Part> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
