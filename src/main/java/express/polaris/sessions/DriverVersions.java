package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A number per driver that is another one whenever what their pages show of sessions, prices, invoices or cards may be.
 * The database raises it in the transaction of the change, so that it holds on every node.
 */
@Repository
public class DriverVersions {

    private final JdbcClient jdbc;

    DriverVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As of now; zero before anything happened. */
    public long of(AccountId driver) {
        return jdbc.sql("select version from driver_versions where driver_id = ?")
                .param(driver.value())
                .query((row, number) -> row.getLong(1))
                .optional()
                .orElse(0L);
    }
}
