/**
 * What time it is, and how long something has taken.
 *
 * <p>Owns: the one {@code Clock}, which shows the database's time on every node, and {@code Uptime}, which no clock can
 * move. Does not own: any time that is stored. Invariants: nodes on one database agree on the time to within a tenth of
 * a second, however wrong the clocks of their machines are. Times: the database server's clock.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.platform.time;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
