/**
 * What the person who runs Polaris Express may set, and what follows from it.
 *
 * <p>Owns: every {@code POLARIS_} setting, its bounds, and the decision whether this process is the demo. Does not own:
 * what is done with a setting. Invariants: a process that starts has valid settings; all faults are reported at once;
 * secrets never appear in {@code toString}. It knows no times.
 */
@ApplicationModule(allowedDependencies = {"units"})
@NullMarked
package express.polaris.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
