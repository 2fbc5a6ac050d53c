/**
 * Removal of rows whose time is over.
 *
 * <p>Owns: the job. Does not own: any table; each module says which of its rows have a time and removes them. Invariants:
 * what an invoice, a statement or a session's page is made of has no time. Times: the database server's clock.
 */
@InnerPackage(mayUse = "sql")
@NamedInterface
@NullMarked
package express.polaris.platform.retention;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
