/**
 * Notices between nodes: what one node writes, all nodes hear when it is committed.
 *
 * <p>Owns: the connection that listens. Does not own: the notices; a trigger of the table that changes sends them with
 * {@code pg_notify}, so no writer can forget to, and the module that owns the table names the channel. Invariants:
 * notices carry ids only; the rows are the truth, so a lost notice delays and never loses; a listener is told whenever
 * notices may have been missed. Times: none.
 */
@InnerPackage(mayUse = "database")
@NamedInterface
@NullMarked
package express.polaris.platform.notices;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
