package express.polaris.billing.plans;

import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of {@code rolled_over_energy}: included energy that billing periods have from those before. An invoice fixes
 * what its period has; until then it follows from what the driver used before.
 */
@Repository
public class RolledOverEnergy {

    /** Prices of the next hours may be those of the next billing period. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final UsedEnergy used;
    private final Clock clock;

    RolledOverEnergy(JdbcClient jdbc, UsedEnergy used, Clock clock) {
        this.jdbc = jdbc;
        this.used = used;
        this.clock = clock;
    }

    /** Returns the subscription with the plan of each of its billing periods up to the current one. */
    Subscription addedTo(Subscription subscription) {
        if (!subscription.plan().rollsOver()) {
            return subscription;
        }
        var fixed = fixed(subscription);
        var plans = new HashMap<Instant, Plan>();
        fixed.forEach((from, energy) -> plans.put(from, subscription.plan().including(energy)));
        var period = subscription.periodAt(fixed.isEmpty() ? subscription.startedAt() : fixed.lastKey());
        var next = subscription.periods().next(period.whole());
        while (next.from().isBefore(clock.instant().plus(AHEAD))
                && subscription.inForce().contains(next.from())) {
            var plan = plans.getOrDefault(period.whole().from(), subscription.plan());
            var left = plan.left(used.of(subscription.driver(), period.inForce()));
            plans.put(next.from(), subscription.plan().including(left));
            period = new SubscriptionPeriod(subscription, next);
            next = subscription.periods().next(next);
        }
        return subscription.with(plans);
    }

    /**
     * Fixes what a billing period has from the one before, if that was not done yet. Called before energy of the period is
     * sealed, with a period that was read after the driver's prices were locked.
     */
    public void fix(SubscriptionPeriod period) {
        var charges = period.plan().charges();
        for (int charge = 0; charge < charges.size(); charge++) {
            if (charges.get(charge).included().rollsOver()) {
                fix(period, charge, period.rolledOver(charge));
            }
        }
    }

    private void fix(SubscriptionPeriod period, int charge, Energy rolledOver) {
        jdbc.sql("""
            insert into rolled_over_energy (subscription_id, period_from, charge, kwh)
            values (:subscription, :periodFrom, :charge, :kwh)
            on conflict do nothing
            """)
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("charge", charge)
                .param("kwh", rolledOver.kilowattHours())
                .update();
    }

    private SortedMap<Instant, List<Energy>> fixed(Subscription subscription) {
        var charges = subscription.plan().charges().size();
        var fixed = new TreeMap<Instant, List<Energy>>();
        jdbc.sql("select period_from, charge, kwh from rolled_over_energy where subscription_id = ?")
                .param(subscription.id().value())
                .query(row -> {
                    fixed.computeIfAbsent(
                                    SqlTime.required(row, "period_from"),
                                    from -> new ArrayList<>(Collections.nCopies(charges, Energy.ZERO)))
                            .set(row.getInt("charge"), Energy.ofKilowattHours(row.getBigDecimal("kwh")));
                });
        return fixed;
    }
}
