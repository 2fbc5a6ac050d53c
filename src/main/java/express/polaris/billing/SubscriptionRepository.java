package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.pricing.BillingTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code subscriptions}. */
@Repository
class SubscriptionRepository {

    private static final String SELECT =
            "select s.id, s.driver_id, s.started_at, s.ended_at, s.billing_time, s.time_zone, "
                    + PlanRepository.COLUMNS
                    + "  from subscriptions s join plans p on p.id = s.plan_id\n";

    private final JdbcClient jdbc;
    private final PlanRepository plans;

    SubscriptionRepository(JdbcClient jdbc, PlanRepository plans) {
        this.jdbc = jdbc;
        this.plans = plans;
    }

    /** All of a driver's, the oldest first. */
    List<Subscription> of(AccountId driver) {
        return jdbc.sql(SELECT + "where s.driver_id = ? order by s.started_at")
                .param(driver.value())
                .query(this::subscription)
                .list();
    }

    private Subscription subscription(ResultSet row, int number) throws SQLException {
        return new Subscription(
                new SubscriptionId(row.getLong("id")),
                new AccountId(row.getLong("driver_id")),
                plans.plan(row),
                Rows.required(row, "started_at"),
                Rows.instant(row, "ended_at"),
                BillingTime.named(row.getString("billing_time")).orElseThrow(),
                ZoneId.of(row.getString("time_zone")));
    }
}
