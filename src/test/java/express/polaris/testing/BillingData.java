package express.polaris.testing;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.sql.SqlTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates plans, subscriptions and completed sessions, which other modules would write. */
public record BillingData(ApplicationContext application) {

    /** Far above the ids that the simulated SteVe assigns. */
    private static final AtomicLong ID = new AtomicLong(7_000_000);

    /** Energy measured at an instant. */
    public record Reading(String at, String kwh) {}

    /**
     * Subscribes to a monthly calendar plan in Berlin: 9.90 per month, 0.30 per kWh, 19 % VAT. Invoices have an issuer.
     * Returns the subscription.
     */
    public SubscriptionId subscribe(Account driver, String from) {
        return subscribe(driver, from, Map.of("charge_model", "standard", "properties", Map.of("amount", "0.30")));
    }

    public SubscriptionId subscribe(Account driver, String from, Map<String, ?> chargeModel) {
        TestIssuer.save(application.getBean(JdbcClient.class));
        var code = "plan-" + UUID.randomUUID();
        var plan = new TestPlan(code, "Home", "monthly", 990, 19, chargeModel).json();
        application.getBean(PlanService.class).save(plan);
        return application
                .getBean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver.id(), code, from, "calendar", "Europe/Berlin"))
                .id();
    }

    /** Subscribes to the latest version of a plan, with calendar periods in Berlin. */
    public void assign(Account driver, String code, String from) {
        TestIssuer.save(application.getBean(JdbcClient.class));
        application
                .getBean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver.id(), code, from, "calendar", "Europe/Berlin"));
    }

    /** A completed session with these events; it starts an hour before the first one. */
    public long charged(AccountId driver, Reading... readings) {
        long id = ID.incrementAndGet();
        var start = Instant.parse(readings[0].at()).minusSeconds(3600);
        var jdbc = application.getBean(JdbcClient.class);
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                   started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at, steve_stopped_at,
                   is_finalized, finalized_at, last_read_at, updated_at)
            values (:id, 'CP1', 1, 'TAG', :driver, :start, :start, :start, 0, :stop, :stop, true, :stop, :stop, :stop)
            """)
                .param("id", id)
                .param("driver", driver.value())
                .param("start", SqlTime.utc(start))
                .param("stop", SqlTime.utc(Instant.parse(readings[readings.length - 1].at())))
                .update();
        var from = start;
        var total = BigDecimal.ZERO;
        for (int position = 0; position < readings.length; position++) {
            var kwh = new BigDecimal(readings[position].kwh());
            var at = Instant.parse(readings[position].at());
            jdbc.sql("""
                insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                       meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
                values (:id, :position, :from, :at, :before, :after, :kwh, '{}', :final, :at)
                """)
                    .param("id", id)
                    .param("position", position)
                    .param("from", SqlTime.utc(from))
                    .param("at", SqlTime.utc(at))
                    .param("before", total.movePointRight(3))
                    .param("after", total.add(kwh).movePointRight(3))
                    .param("kwh", kwh)
                    .param("final", position == readings.length - 1)
                    .update();
            from = at;
            total = total.add(kwh);
        }
        jdbc.sql("update transaction_sync_state set energy_wh = ?, stop_value_wh = ? where steve_transaction_id = ?")
                .param(total.movePointRight(3))
                .param(total.movePointRight(3))
                .param(id)
                .update();
        return id;
    }

    /** Records that transactions were compared with SteVe and every session was read at this instant. */
    public void allIsReadAt(String at) {
        var jdbc = application.getBean(JdbcClient.class);
        jdbc.sql("update sync_cursor set last_wide_read_at = ?")
                .param(SqlTime.utc(Instant.parse(at)))
                .update();
        jdbc.sql("update transaction_sync_state set last_read_at = ?")
                .param(SqlTime.utc(Instant.parse(at)))
                .update();
    }
}
