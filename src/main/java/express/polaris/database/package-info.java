/**
 * The PostgreSQL that everything is kept in: an external one, or one of our own on the first run.
 *
 * <p>Owns: starting and stopping the embedded server, the connection pool, how an instant
 * is written to and read from a row. Does not own: any table; each belongs to the
 * module whose repository names it. Invariants: one process per data directory; the embedded server is as durable as
 * PostgreSQL is by default (fsync, synchronous commit). Times: none of its own; every session runs in UTC.
 */
@ApplicationModule(allowedDependencies = {"settings"})
@NullMarked
package express.polaris.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
