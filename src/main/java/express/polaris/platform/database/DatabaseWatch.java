package express.polaris.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.platform.sql.ConnectionFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Asks the database three times a second, on one thread and a connection of its own, because all connections of the pool
 * may be waiting. The database is away when it refuses a connection or does not answer within a second; it is back when
 * the pool has a connection again.
 */
@Component
class DatabaseWatch implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration EVERY = Duration.ofMillis(300);
    private static final int ANSWER_SECONDS = 1;

    /** A job that waits longer for its statement starts over. */
    private static final Duration LONG_AWAY = Duration.ofSeconds(15);

    private static final long ANSWER_NANOS = Duration.ofSeconds(ANSWER_SECONDS).toNanos();

    private static final Map<PGProperty, String> LIMITS = Map.of(
            PGProperty.CONNECT_TIMEOUT, String.valueOf(ANSWER_SECONDS),
            PGProperty.LOGIN_TIMEOUT, String.valueOf(ANSWER_SECONDS),
            PGProperty.SOCKET_TIMEOUT, String.valueOf(ANSWER_SECONDS));

    private final DatabaseAccess access;
    private final HikariDataSource pool;
    private final DatabaseAvailability availability;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("database-watch").daemon().unstarted(this::watch);
    private Optional<Connection> own = Optional.empty();
    private long awaySince;

    DatabaseWatch(DatabaseAccess access, DataSource dataSource, DatabaseAvailability availability) throws SQLException {
        this.access = access;
        this.pool = dataSource.unwrap(HikariDataSource.class);
        this.availability = availability;
    }

    @Override
    public void afterPropertiesSet() {
        thread.start();
    }

    @Override
    public void destroy() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    private void watch() {
        try {
            while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    /** Catches everything: if this thread ended, the state of the database would never change again. */
    private void lookOnce() {
        try {
            look();
        } catch (RuntimeException e) {
            log.error("A look at the database failed", e);
        }
    }

    private void look() {
        boolean away = !answers();
        availability.forgetClosed();
        if (away && !availability.isAway()) {
            log.warn("The database does not answer; until it does, pages and API answer 503");
            awaySince = System.nanoTime();
            availability.set(true);
        } else if (away && System.nanoTime() - awaySince > LONG_AWAY.toNanos()) {
            availability.abortJobs();
        } else if (!away && availability.isAway() && poolAnswers()) {
            log.info("The database answers again");
            availability.set(false);
        }
    }

    /** A connection that was closed, as by an administrator, is no sign; then a new one is asked. */
    private boolean answers() {
        boolean had = own.isPresent();
        long began = System.nanoTime();
        try {
            ask();
            return true;
        } catch (SQLException e) {
            disconnect();
            if (!ConnectionFailures.areCauseOf(e)) {
                return true;
            }
            return had && System.nanoTime() - began < ANSWER_NANOS / 2 && answers();
        }
    }

    private void ask() throws SQLException {
        if (own.isEmpty()) {
            own = Optional.of(DatabaseConfiguration.connect(access, "watch", LIMITS));
        }
        try (var statement = own.get().createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Connections from before may belong to a server that is gone. */
    private boolean poolAnswers() {
        pool.getHikariPoolMXBean().softEvictConnections();
        try (var connection = pool.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void disconnect() {
        if (own.isPresent()) {
            try {
                own.get().close();
            } catch (SQLException e) {
                // it is broken already
            }
        }
        own = Optional.empty();
    }
}
