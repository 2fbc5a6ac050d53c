package express.polaris.platform.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections outside the pool, for who needs a session of the database for itself: to listen for notifications,
 * say. A pooler that shares sessions between transactions, such as PgBouncer, cannot be in between.
 */
@FunctionalInterface
public interface DatabaseSession {

    /** Opens a connection; the caller closes it. */
    Connection open() throws SQLException;
}
