package express.polaris.platform.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Distinguishes a database that cannot be reached from a statement that failed. */
public final class ConnectionFailures {

    /** SQL state of a connection that failed. */
    public static final String CONNECTION_FAILURE = "08006";

    /** Class of the states of connections (SQL:2023). */
    private static final String CONNECTION = "08";

    /** States of a server that stops or starts (PostgreSQL): 57P01 to 57P05. */
    private static final String SHUTDOWN = "57P";

    private ConnectionFailures() {}

    /** Returns whether the exception, or a cause of it, says that there is no connection to the database. */
    public static boolean areCauseOf(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && isConnection(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConnection(SQLException exception) {
        var state = exception.getSQLState();
        return state != null && (state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN));
    }
}
