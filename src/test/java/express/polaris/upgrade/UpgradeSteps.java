package express.polaris.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Migrates a database one schema version at a time, and reads after each what no version may change. */
final class UpgradeSteps {

    /** What every version since 7 stores in these columns and no migration may touch; one row per line. */
    private static final Map<String, String> KEPT = Map.of(
            "energy of sessions",
            """
            select s.steve_transaction_id, s.driver_id, s.started_at, s.stopped_at, s.start_value_wh, s.stop_value_wh,
                   s.is_finalized, sum(e.kwh_delta), count(e.*), count(*) filter (where e.is_final)
              from transaction_sync_state s left join synced_transaction_events e using (steve_transaction_id)
             group by s.steve_transaction_id order by s.steve_transaction_id
            """,
            "sealed events",
            """
            select e.id, e.measured_at, e.kwh_delta, e.is_final, e.sealed_at, p.steve_transaction_id, p.position,
                   p.subscription_id, p.period_from, p.before_kwh
              from sealed_events p join synced_transaction_events e using (steve_transaction_id, position) order by e.id
            """,
            "invoices",
            """
            select id, driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total, issuer,
                   recipient_name, recipient_email, issued_on, due_on, number, finalized_at, paid_at
              from invoices order by id
            """,
            "lines of invoices",
            """
            select invoice_id, position, kind, steve_transaction_id, text, energy_kwh, unit_price, amount
              from invoice_lines order by invoice_id, position
            """,
            "credits",
            """
            select id, driver_id, amount, currency, reason, invoice_id from credits order by id
            """,
            "people",
            """
            select id, email, role, password_hash, disabled_at from accounts order by id
            """,
            "audit log",
            """
            select id, at, action from audit_log order by id
            """);

    private UpgradeSteps() {}

    /** A schema version, and the rows that it kept by the name of their query. */
    record Step(String version, Map<String, List<String>> kept) {}

    /** Migrates the database to the newest version; the first step is the version that it had. */
    static List<Step> migrate(String jdbcUrl) throws SQLException {
        var steps = new ArrayList<Step>();
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            steps.add(new Step(DatabaseDump.version(jdbcUrl), kept(connection)));
            for (var migration : flyway(jdbcUrl, "latest").info().pending()) {
                var version = version(migration);
                flyway(jdbcUrl, version).migrate();
                steps.add(new Step(DatabaseDump.version(jdbcUrl), kept(connection)));
            }
        }
        return steps;
    }

    /** The versions of this source tree above the given one, in their order. */
    static List<String> versionsAfter(int version) throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
                    .map(Integer::valueOf)
                    .filter(later -> later > version)
                    .sorted()
                    .map(String::valueOf)
                    .toList();
        }
    }

    private static Flyway flyway(String jdbcUrl, String target) {
        return Flyway.configure().dataSource(jdbcUrl, null, null).target(target).load();
    }

    private static String version(MigrationInfo migration) {
        return migration.getVersion().getVersion();
    }

    private static Map<String, List<String>> kept(Connection connection) throws SQLException {
        var kept = new LinkedHashMap<String, List<String>>();
        for (var query : KEPT.entrySet()) {
            kept.put(query.getKey(), rows(connection, query.getValue()));
        }
        return kept;
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select t::text from (" + query + ") t")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
