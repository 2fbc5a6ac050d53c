package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Running totals of charges with tiers that count by time band or place: which part of a billing period's energy ranks
 * before an event within its band. They are worked out from all of the period's events, in the order in which these rank.
 */
@Component
public class BucketTotals {

    /**
     * Energy of a billing period in the order in which it ranks: by sealing, then by instant, session and position. Energy
     * that was given back leaves the totals when that happened, and energy that waits for it before all that is unsealed.
     */
    private static final String RANKED = """
        select e.steve_transaction_id, e.position, s.charge_box_id, e.measured_from, e.measured_at, e.sealed_at,
               e.sealed_at as ranked_at, e.counted_kwh as until_kwh, null::numeric as taken_kwh, 1 as step
          from synced_transaction_events e join transaction_sync_state s using (steve_transaction_id)
         where e.driver_id = :driver and e.measured_at > :from and e.measured_at <= :to and e.counted_kwh > 0
        union all
        select e.steve_transaction_id, e.position, s.charge_box_id, e.measured_from, e.measured_at, e.sealed_at,
               coalesce(t.given_back_at, 'infinity'),
               e.counted_kwh - coalesce(sum(t.kwh) over (partition by e.id order by t.given_back_at nulls last
                                                         rows between unbounded preceding and 1 preceding), 0),
               t.kwh, 0
          from taken_back t
          join synced_transaction_events e using (steve_transaction_id, position)
          join transaction_sync_state s using (steve_transaction_id)
         where t.subscription_id = :subscription and t.period_from = :periodFrom
         order by ranked_at nulls last, step, measured_at, steve_transaction_id, position
        """;

    private final JdbcClient jdbc;
    private final PriceConditionsReader conditions;

    BucketTotals(JdbcClient jdbc, PriceConditionsReader conditions) {
        this.jdbc = jdbc;
        this.conditions = conditions;
    }

    /** Event of a session. */
    public record Place(SessionId session, int position) {}

    private record Ranked(Place place, TimedEnergy.Measured event, Energy energy, Optional<Energy> taken) {}

    /** Whether a charge of the period's plan depends on time or place, and on what was used before. */
    public boolean areNeeded(SubscriptionPeriod period) {
        return period.plan().charges().stream().anyMatch(charge -> charge.isTimed() && !charge.isLinear());
    }

    /** Returns the totals before each event of a session in a billing period, by position. */
    Map<Integer, Map<Bucket, Energy>> before(SessionId session, SubscriptionPeriod period) {
        var own = new HashMap<Integer, Map<Bucket, Energy>>();
        all(period).forEach((place, totals) -> {
            if (place.session().equals(session)) {
                own.put(place.position(), totals);
            }
        });
        return own;
    }

    /** Returns the totals before each event of a billing period; empty if they are not needed. */
    public Map<Place, Map<Bucket, Energy>> all(SubscriptionPeriod period) {
        var places = new HashMap<Place, Map<Bucket, Energy>>();
        addUp(period, places);
        return places;
    }

    /** Returns the totals after all of a billing period's events so far; empty if they are not needed. */
    Map<Bucket, Energy> soFar(SubscriptionPeriod period) {
        return Map.copyOf(addUp(period, new HashMap<>()));
    }

    private Map<Bucket, Energy> addUp(SubscriptionPeriod period, Map<Place, Map<Bucket, Energy>> places) {
        var totals = new HashMap<Bucket, Energy>();
        if (!areNeeded(period)) {
            return totals;
        }
        var prices = conditions.in(period);
        for (var ranked : ranked(period)) {
            var whole = prices.of(ranked.event(), ranked.energy(), Map.of()).energy();
            if (ranked.taken().isPresent()) {
                var left = ranked.energy().minus(ranked.taken().get());
                whole.forEach((bucket, energy) -> totals.merge(bucket, energy.negated(), Energy::plus));
                prices.of(ranked.event(), left, Map.of())
                        .energy()
                        .forEach((bucket, energy) -> totals.merge(bucket, energy, Energy::plus));
            } else {
                places.put(ranked.place(), Map.copyOf(totals));
                whole.forEach((bucket, energy) -> totals.merge(bucket, energy, Energy::plus));
            }
        }
        return totals;
    }

    private List<Ranked> ranked(SubscriptionPeriod period) {
        var bounds = period.inForce();
        var ranked = new ArrayList<Ranked>();
        jdbc.sql(RANKED)
                .param("driver", period.subscription().driver().value())
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("from", SqlTime.utc(bounds.from()))
                .param("to", SqlTime.utc(bounds.to()))
                .query(row -> {
                    ranked.add(new Ranked(
                            new Place(new SessionId(row.getLong("steve_transaction_id")), row.getInt("position")),
                            new TimedEnergy.Measured(
                                    row.getString("charge_box_id"),
                                    SqlTime.required(row, "measured_from"),
                                    SqlTime.required(row, "measured_at"),
                                    SqlTime.instant(row, "sealed_at")),
                            Energy.ofKilowattHours(row.getBigDecimal("until_kwh")),
                            Optional.ofNullable(row.getBigDecimal("taken_kwh"))
                                    .map(kwh -> Energy.ofKilowattHours(kwh))));
                });
        return ranked;
    }
}
