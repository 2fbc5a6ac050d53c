package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What ends when the database does not answer: the requests and jobs that use it, and no others. */
class DatabaseAvailabilityTest {

    private final DataSource pool = TestDatabase.freshPool();
    private final DatabaseAvailability availability = new DatabaseAvailability();

    private Connection connect() throws SQLException {
        return availability.connect(pool::getConnection);
    }

    /** Runs a statement that takes longer than this test. */
    private static void runLong(Connection connection) {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute("select pg_sleep(600)");
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private void awaitLongStatement() {
        await().until(() -> {
            try (var own = pool.getConnection();
                    var statement = own.createStatement();
                    var rows = statement.executeQuery("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and query = 'select pg_sleep(600)' and state = 'active'
                        """)) {
                return rows.next() && rows.getLong(1) == 1;
            }
        });
    }

    @Test
    void aStatementOfAJobEndsWhenJobsAreAbortedAndNotBefore() throws SQLException {
        var connection = connect();
        var job = CompletableFuture.runAsync(() -> runLong(connection));
        awaitLongStatement();
        availability.set(true);
        assertThat(job).isNotDone();
        availability.abortJobs();
        await().until(job::isCompletedExceptionally);
        availability.set(false);
        try (var next = connect()) {
            assertThat(next.isValid(5)).isTrue();
        }
    }

    @Test
    void aConnectionThatAJobHasGivenBackIsLeftAlone() throws SQLException {
        connect().close();
        try (var other = pool.getConnection()) {
            availability.abortJobs();
            assertThat(other.isValid(5)).isTrue();
        }
    }

    @Test
    void aRequestThatUsesTheDatabaseIsCutAndMayUseItAgainAfterwards() throws Exception {
        var failure = new AtomicReference<Throwable>();
        var request = Thread.ofVirtual().start(() -> {
            try (var _ = availability.enter(() -> false)) {
                var connection = connect();
                assertThatThrownBy(() -> runLong(connection)).hasCauseInstanceOf(SQLException.class);
                assertThatThrownBy(this::connect).hasMessageContaining("does not answer");
                availability.set(false);
                connect().close();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        awaitLongStatement();
        availability.set(true);
        request.join();
        assertThat(failure).hasNullValue();
    }

    /** As a remote start, which waits for SteVe and then notes its outcome. */
    @Test
    void aRequestThatDoesNotUseTheDatabaseWhileItIsAwayGoesOn() throws SQLException {
        try (var _ = availability.enter(() -> false)) {
            connect().close();
            availability.set(true);
            assertThatThrownBy(this::connect).hasMessageContaining("does not answer");
            availability.set(false);
            try (var connection = connect()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }
}
