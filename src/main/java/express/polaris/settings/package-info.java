/**
 * Settings of an installation.
 *
 * <p>Owns: every {@code POLARIS_} setting, its bounds, and whether this process is the demo. Does not own:
 * the use of a setting. Invariants: a running process has valid settings; all faults are reported at once;
 * secrets never appear in {@code toString}. Times: none.
 */
@ApplicationModule(allowedDependencies = {"units"})
@NullMarked
package express.polaris.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
