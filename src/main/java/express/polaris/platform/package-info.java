/**
 * Foundation of all modules: settings, the database, SQL helpers, refusals, the clock.
 *
 * <p>Owns: what every module needs and no module is about. Does not own: any table, any rule of the product.
 * Invariants: one {@code Clock} bean tells the time. Times: the database server's clock.
 */
@ApplicationModule(allowedDependencies = "units")
@NullMarked
package express.polaris.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
