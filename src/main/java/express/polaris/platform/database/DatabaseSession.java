package express.polaris.platform.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections outside the pool, for a caller that needs a database session of its own, such as a listener for
 * notifications. A pooler that shares sessions between transactions, such as PgBouncer, cannot be in between.
 */
@FunctionalInterface
public interface DatabaseSession {

    /** Opens a connection; the caller closes it. */
    Connection open() throws SQLException;
}
