/**
 * Removal of rows after their retention period.
 *
 * <p>Owns: the job. Does not own: any table; each module declares which of its rows expire, and removes them.
 * Invariants: rows that an invoice, a statement or a session's page is computed from never expire. Times: the database
 * server's clock.
 */
@InnerPackage(mayUse = "sql")
@NamedInterface
@NullMarked
package express.polaris.platform.retention;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
