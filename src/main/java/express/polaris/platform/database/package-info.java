/**
 * PostgreSQL database: an external server, or an embedded one.
 *
 * <p>Owns: starting and stopping the embedded server, the connection pool, the migration of the schema, and
 * whether the database answers. Does not own: any table; each belongs to
 * the module whose repository writes it. Invariants: one process per data directory; the embedded server is as durable
 * as PostgreSQL's defaults (fsync, synchronous commit). Times: none; every session runs in UTC.
 */
@InnerPackage(mayUse = {"refusals", "settings", "sql", "version"})
@NamedInterface
@NullMarked
package express.polaris.platform.database;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
