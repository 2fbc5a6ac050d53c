package express.polaris.platform.database;

import express.polaris.platform.sql.ConnectionFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, as {@link DatabaseWatch} sees it. While it does not, no request waits for it: requests
 * that have entered get an exception at once, wherever they wait. Only requests are cut off. Jobs, and answers that are
 * already being sent, wait as long as their statements take.
 */
@Component
public class DatabaseAvailability {

    private final ThreadLocal<@Nullable Request> current = new ThreadLocal<>();
    private final Set<Request> requests = ConcurrentHashMap.newKeySet();
    private final Set<Connection> ofJobs = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /** Returns whether the database does not answer at the moment. */
    public boolean isAway() {
        return away;
    }

    /**
     * Begins a request on this thread.
     *
     * @param isAnswered whether the answer is already being sent
     */
    public Request enter(BooleanSupplier isAnswered) {
        var request = new Request(isAnswered);
        requests.add(request);
        current.set(request);
        return request;
    }

    /** Borrows a connection from the pool. Within a request, fails immediately if the database is unavailable. */
    Connection connect(Pool pool) throws SQLException {
        var request = Optional.ofNullable(current.get());
        return request.isPresent() ? request.get().connect(pool) : ofJob(pool.connect());
    }

    private Connection ofJob(Connection connection) {
        ofJobs.add(connection);
        return connection;
    }

    /** Forgets what jobs have given back. */
    void forgetClosed() {
        forgetClosed(ofJobs);
    }

    /** Ends the statements of all jobs: on a connection to a database that has vanished an answer may never come. */
    void abortJobs() {
        forgetClosed();
        ofJobs.forEach(DatabaseAvailability::abort);
    }

    private static void forgetClosed(Collection<Connection> connections) {
        connections.removeIf(DatabaseAvailability::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** A connection that is back in the pool ignores it. */
    private static void abort(Connection connection) {
        Thread.startVirtualThread(() -> {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // it is closed already
            }
        });
    }

    void set(boolean isAway) {
        away = isAway;
        if (isAway) {
            requests.forEach(Request::cut);
        }
    }

    /** The pool's own way to get a connection. */
    @FunctionalInterface
    interface Pool {
        Connection connect() throws SQLException;
    }

    /** A request, on the thread that entered it, until it is closed. */
    public final class Request implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final BooleanSupplier isAnswered;
        private final List<Connection> connections = new ArrayList<>(2);
        private boolean waits;
        private boolean isCut;
        private boolean isOver;

        private Request(BooleanSupplier isAnswered) {
            this.isAnswered = isAnswered;
        }

        @Override
        public void close() {
            requests.remove(this);
            current.remove();
            end();
        }

        private Connection connect(Pool pool) throws SQLException {
            beginWaiting();
            try {
                var connection = pool.connect();
                hold(connection);
                return connection;
            } catch (SQLException e) {
                throw isAway() ? refusal(e) : e;
            } finally {
                endWaiting();
            }
        }

        private synchronized void end() {
            isOver = true;
        }

        private synchronized void beginWaiting() throws SQLException {
            if (away) {
                throw refusal(null);
            }
            isCut = false;
            waits = true;
        }

        /** Also clears the interruption, which was meant for the wait alone. */
        private synchronized void endWaiting() {
            waits = false;
            if (isCut) {
                Thread.interrupted();
            }
        }

        private synchronized void hold(Connection connection) throws SQLException {
            if (isCut) {
                connection.close();
                throw refusal(null);
            }
            forgetClosed(connections);
            connections.add(connection);
        }

        /** Ends its use of the database. A request that does not use it now may wait for SteVe, and goes on. */
        private synchronized void cut() {
            if (isOver || isAnswered.getAsBoolean()) {
                return;
            }
            forgetClosed(connections);
            if (!waits && connections.isEmpty()) {
                return;
            }
            isCut = true;
            if (waits) {
                thread.interrupt();
            }
            connections.forEach(DatabaseAvailability::abort);
        }

        private static SQLException refusal(@Nullable SQLException cause) {
            return new SQLTransientConnectionException(
                    "The database does not answer", ConnectionFailures.CONNECTION_FAILURE, cause);
        }
    }
}
