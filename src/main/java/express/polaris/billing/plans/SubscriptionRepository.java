package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;
import express.polaris.billing.pricing.BillingTime;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code subscriptions}. */
@Repository
public class SubscriptionRepository {

    /** Longest time that a page waits for prices and the plans behind them. */
    public static final int LONGEST_LOOKUP_SECONDS = 3;

    private static final String SELECT =
            "select s.id, s.driver_id, s.started_at, s.ended_at, s.billing_time, s.time_zone, "
                    + PlanRepository.COLUMNS
                    + "  from subscriptions s join plans p on p.id = s.plan_id\n";

    static final String ONE_AT_A_TIME = "subscriptions_one_at_a_time";

    private final JdbcClient jdbc;
    private final PlanRepository plans;
    private final RolledOverEnergy rolledOver;

    SubscriptionRepository(JdbcClient jdbc, PlanRepository plans, RolledOverEnergy rolledOver) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.rolledOver = rolledOver;
    }

    /** Lists a driver's subscriptions, oldest first. */
    public List<Subscription> of(AccountId driver) {
        return jdbc
                .sql(SELECT + "where s.driver_id = ? order by s.started_at")
                .param(driver.value())
                .query(this::subscription)
                .list()
                .stream()
                .map(rolledOver::addedTo)
                .toList();
    }

    public Optional<Subscription> find(SubscriptionId id) {
        return jdbc.sql(SELECT + "where s.id = ?")
                .param(id.value())
                .query(this::subscription)
                .optional()
                .map(rolledOver::addedTo);
    }

    /** Locks the subscription's row until the transaction ends. */
    public Optional<Subscription> lock(SubscriptionId id) {
        return jdbc.sql(SELECT + "where s.id = ? for no key update of s")
                .param(id.value())
                .query(this::subscription)
                .optional()
                .map(rolledOver::addedTo);
    }

    /** Locks all subscriptions of a driver until the transaction ends; oldest first. */
    public List<Subscription> lock(AccountId driver) {
        jdbc.sql("select id from subscriptions where driver_id = ? order by id for no key update")
                .param(driver.value())
                .query((row, number) -> number)
                .list();
        return of(driver);
    }

    /** Lists the subscriptions of all drivers or of one, latest id first. */
    List<Subscription> page(Optional<AccountId> driver, Optional<SubscriptionId> before, int limit) {
        return jdbc
                .sql(SELECT + """
            where s.id < :before and (cast(:driver as bigint) is null or s.driver_id = :driver)
            order by s.id desc limit :limit
            """)
                .param("before", before.map(SubscriptionId::value).orElse(Long.MAX_VALUE))
                .param("driver", driver.map(AccountId::value).orElse(null))
                .param("limit", limit)
                .query(this::subscription)
                .list()
                .stream()
                .map(rolledOver::addedTo)
                .toList();
    }

    SubscriptionId insert(NewSubscription wanted, Plan plan, Instant startedAt, Instant now) {
        return new SubscriptionId(jdbc.sql("""
            insert into subscriptions (driver_id, plan_id, started_at, billing_time, time_zone, created_at)
            values (:driver, :plan, :startedAt, :billingTime, :zone, :now)
            returning id
            """)
                .param("driver", wanted.driver().value())
                .param("plan", plan.id().value())
                .param("startedAt", SqlTime.utc(startedAt))
                .param("billingTime", wanted.billingTime())
                .param("zone", wanted.timeZone())
                .param("now", SqlTime.utc(now))
                .query((row, number) -> row.getLong(1))
                .single());
    }

    void end(SubscriptionId id, Instant at) {
        jdbc.sql("update subscriptions set ended_at = ? where id = ?")
                .param(SqlTime.utc(at))
                .param(id.value())
                .update();
    }

    /** Returns the instant up to which the subscription's energy is invoiced. */
    Optional<Instant> invoicedUntil(SubscriptionId id) {
        return jdbc.sql("select invoiced_through as at from invoice_schedule where subscription_id = ?")
                .param(id.value())
                .query((row, number) -> SqlTime.instant(row, "at"))
                .optional()
                .flatMap(Function.identity());
    }

    public boolean isDriver(AccountId account) {
        return jdbc.sql("select exists (select from accounts where id = ? and role = 'DRIVER' and deleted_at is null)")
                .param(account.value())
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Returns the driver's first subscription whose end is after this instant or not set. */
    Optional<Subscription> firstInForceFrom(AccountId driver, Instant instant) {
        return jdbc.sql(SELECT + """
            where s.driver_id = :driver and (s.ended_at is null or s.ended_at > :instant)
            order by s.started_at limit 1
            """)
                .param("driver", driver.value())
                .param("instant", SqlTime.utc(instant))
                .query(this::subscription)
                .optional()
                .map(rolledOver::addedTo);
    }

    private Subscription subscription(ResultSet row, int number) throws SQLException {
        return new Subscription(
                new SubscriptionId(row.getLong("id")),
                new AccountId(row.getLong("driver_id")),
                plans.plan(row),
                SqlTime.required(row, "started_at"),
                SqlTime.instant(row, "ended_at"),
                BillingTime.named(row.getString("billing_time")).orElseThrow(),
                ZoneId.of(row.getString("time_zone")),
                Map.of());
    }
}
