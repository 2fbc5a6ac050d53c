package express.polaris.billing.invoicing;

import express.polaris.billing.plans.PlanRepository;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.platform.refusals.Wording;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Due invoices that are held, with the reason as a sentence in parts. */
@Repository
public class HeldInvoices {

    private final JdbcClient jdbc;
    private final PlanRepository plans;

    HeldInvoices(JdbcClient jdbc, PlanRepository plans) {
        this.jdbc = jdbc;
        this.plans = plans;
    }

    /**
     * Due invoice that is held and may need an operator.
     *
     * @param because a {@link HoldReason}; a plan among its parts is a {@link HeldPlan}
     */
    public record Held(SubscriptionId subscription, Wording because) {}

    public List<Held> list(int most) {
        return jdbc.sql("""
            select i.subscription_id, i.held_because, i.held_session, i.unread_since,
            """ + PlanRepository.COLUMNS + """
              from invoice_schedule i
              join subscriptions s on s.id = i.subscription_id
              join plans p on p.id = s.plan_id
             where i.held_because is not null
             order by i.subscription_id
             limit ?
            """)
                .param(most)
                .query((row, number) -> new Held(new SubscriptionId(row.getLong("subscription_id")), because(row)))
                .list();
    }

    private Wording because(ResultSet row) throws SQLException {
        var stored = row.getString("held_because");
        var reason = HoldReason.named(stored).orElse(HoldReason.WORDS);
        return switch (reason) {
            case NOT_COMPARED -> reason.with(SqlTime.required(row, "unread_since"));
            case SESSION_NOT_READ -> reason.with(row.getLong("held_session"), SqlTime.required(row, "unread_since"));
            case PLAN_NOT_SUPPORTED -> {
                var plan = plans.plan(row);
                yield reason.with(new HeldPlan(plan.code(), plan.name()), String.join(", ", plan.unsupported()));
            }
            case MARKET_PRICE_MISSING -> {
                var plan = plans.plan(row);
                var series = plan.charges().stream()
                        .flatMap(charge -> charge.series().stream())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
                yield reason.with(new HeldPlan(plan.code(), plan.name()), series);
            }
            case WORDS -> reason.with(stored);
        };
    }
}
