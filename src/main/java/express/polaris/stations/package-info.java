/**
 * Charge boxes, connectors and EV cards; remote start and stop.
 *
 * <p>Owns: two inner packages, {@code cards} and {@code chargers}; this package has no classes. Does not own:
 * sessions, people. Times: see the inner packages.
 */
@ApplicationModule(allowedDependencies = {"units", "platform", "platform::*", "steve", "accounts", "accounts::*"})
@NullMarked
package express.polaris.stations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
