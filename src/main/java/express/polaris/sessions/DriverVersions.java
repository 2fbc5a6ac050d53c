package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Version number per driver; changes whenever the sessions, prices, invoices or cards on the driver's pages may have
 * changed. Database triggers raise it in the transaction of the change, so it holds on every node.
 */
@Repository
public class DriverVersions {

    private final JdbcClient jdbc;

    DriverVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Current version; zero before the first change. */
    public long of(AccountId driver) {
        return jdbc.sql("select version from driver_versions where driver_id = ?")
                .param(driver.value())
                .query((row, number) -> row.getLong(1))
                .optional()
                .orElse(0L);
    }

    /** Current versions of these drivers; those without any change yet are left out. */
    public Map<AccountId, Long> of(Collection<AccountId> drivers) {
        var versions = new HashMap<AccountId, Long>();
        jdbc.sql("select driver_id, version from driver_versions where driver_id = any(?)")
                .param(drivers.stream().map(AccountId::value).toArray(Long[]::new))
                .query(row -> {
                    versions.put(new AccountId(row.getLong(1)), row.getLong(2));
                });
        return versions;
    }
}
