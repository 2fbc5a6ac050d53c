package express.polaris.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;

/** One PostgreSQL server for the whole test run; every caller gets its own database, migrated to the current schema. */
public final class TestDatabase {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /** The URL of a new, migrated, otherwise empty database. */
    public static String freshUrl() {
        var name = "test" + COUNT.incrementAndGet();
        // Without a disk to wait for, copying files is several times faster than logging each of their pages.
        execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** The URL of a new database without any table. */
    public static String emptyUrl() {
        var name = "empty" + COUNT.incrementAndGet();
        execute("create database " + name + " template template0");
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    public static DataSource fresh() {
        return dataSource(freshUrl());
    }

    /**
     * A fresh database with pooled connections, for fixtures that call it statement by statement and are not closed.
     * The pools of recent fixtures keep idle connections; older pools release theirs.
     */
    public static DataSource freshPool() {
        var config = new HikariConfig();
        config.setDataSource(fresh());
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(20);
        config.setScheduledExecutor(Pools.HOUSEKEEPING);
        var pool = new HikariDataSource(config);
        Pools.add(pool);
        return pool;
    }

    private static final class Pools {

        static final ScheduledExecutorService HOUSEKEEPING =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        private static final int MOST = 4;
        private static final Deque<HikariDataSource> NEWEST = new ArrayDeque<>();

        static synchronized void add(HikariDataSource pool) {
            NEWEST.addLast(pool);
            if (NEWEST.size() > MOST) {
                NEWEST.removeFirst().getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    private static DataSource dataSource(String url) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    private static synchronized void execute(String sql) {
        try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        // It visits each of the hundreds of databases again and again; a test that needs statistics
                        // analyzes its tables.
                        .setServerConfig("autovacuum", "off")
                        .setRegisterShutdownHook(false)
                        .start();
                // After all applications: as they end, they would wait for a database that is gone.
                SpringApplication.getShutdownHandlers().add(() -> close(server));
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                Flyway.configure()
                        .dataSource(server.getDatabase("postgres", TEMPLATE))
                        .load()
                        .migrate();
                return server;
            } catch (IOException | SQLException e) {
                throw new UncheckedIOException(new IOException("No PostgreSQL for the tests", e));
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
