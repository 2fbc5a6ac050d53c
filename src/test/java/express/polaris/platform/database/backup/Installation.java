package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.plans.PlanService;
import express.polaris.platform.database.EmbeddedDatabase;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import express.polaris.testing.SealedHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A data directory with an embedded database of the current schema, and its backups. */
final class Installation implements AutoCloseable {

    private final Path directory;
    private final EmbeddedDatabase database;

    private Installation(Path directory) {
        this.directory = directory;
        this.database = EmbeddedDatabase.start(directory);
    }

    /** Starts the database of a directory, which may be new. */
    static Installation start(Path directory) throws IOException {
        if (Files.notExists(directory.resolve("postgresql"))) {
            Files.createDirectories(directory);
            copy(Template.CLUSTER, directory.resolve("postgresql"));
        }
        return new Installation(directory);
    }

    /** With its permissions, on which the server insists. */
    private static void copy(Path from, Path to) throws IOException {
        try {
            int code = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Cluster with the current schema, made once. */
    private static final class Template {

        static final Path CLUSTER = make();

        private static Path make() {
            try {
                var directory = Files.createTempDirectory("template");
                try (var installation = new Installation(directory)) {
                    Flyway.configure()
                            .dataSource(installation.dataSource())
                            .load()
                            .migrate();
                }
                return directory.resolve("postgresql");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Settings settings(Path directory, Path backups) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "polaris.steve.base-url",
                                "http://steve.example:8180/steve",
                                "polaris.steve.username",
                                "polaris",
                                "polaris.steve.password",
                                "secret",
                                "polaris.data.directory",
                                directory.toString(),
                                "polaris.backup.directory",
                                backups.toString(),
                                "polaris.backup.keep",
                                "2")));
        return SettingsLoader.settings(environment);
    }

    /** Drivers, plans, sessions with events, and invoices. */
    void fill() throws SQLException {
        execute("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values ('operator@backup.example', 'Olive', 'OPERATOR', 'en', 'Europe/Berlin', now())
            """);
        var plans = new BillingFixture(dataSource()).get(PlanService.class);
        try (var history =
                SealedHistory.begin(dataSource(), plans, new SealedHistory.Scale(10, 4, 10), Instant.now())) {
            history.growTo(2);
        }
    }

    Backups backups(Path backups) {
        return new Backups(settings(directory, backups), Clock.systemUTC());
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl());
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Every row of every table, as text, by table. */
    Map<String, List<String>> everyRow() throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (var table : column("""
            select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
            """)) {
            rows.put(table, column("select cast(t as text) from " + table + " t order by 1"));
        }
        return rows;
    }

    PGSimpleDataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        return dataSource;
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
