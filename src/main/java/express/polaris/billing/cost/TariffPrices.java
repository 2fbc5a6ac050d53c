package express.polaris.billing.cost;

import express.polaris.billing.tariffs.TariffChanged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets kept prices when something changes that plans refer to by code. Runs in the transaction of the change, and
 * holds the prices of these drivers until it ends.
 */
@Component
class TariffPrices {

    private final JdbcClient jdbc;

    TariffPrices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Codes need no escaping in JSON, so a plan that refers to one contains it in quotes. */
    @EventListener
    void on(TariffChanged changed) {
        if (changed.codes().isEmpty()) {
            return;
        }
        jdbc.sql("""
            select forget_prices(d.driver_id, '-infinity')
              from (select distinct s.driver_id
                      from subscriptions s join plans p on p.id = s.plan_id
                     where exists (select from unnest(?::text[]) code
                                    where strpos(p.charges::text, '"' || code || '"') > 0)
                     order by s.driver_id) d
            """)
                .param(changed.codes().toArray(String[]::new))
                .query((row, number) -> number)
                .list();
    }
}
