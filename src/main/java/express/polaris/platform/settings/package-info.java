/**
 * Settings of an installation.
 *
 * <p>Owns: every {@code POLARIS_} setting, its bounds, and whether this process is the demo. Does not own: the use of
 * a setting. Invariants: a running process has valid settings; all faults are reported at once; secrets never appear
 * in {@code toString}. Times: none.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.platform.settings;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
