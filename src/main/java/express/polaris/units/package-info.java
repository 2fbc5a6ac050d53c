/**
 * Exact quantities: energy, power, money, spans of time.
 *
 * <p>Owns: how a quantity is held and where it is rounded. Does not own: what a quantity means (a meter's register, a
 * session's total, a price). Invariants: no binary floating point; energy has three decimals of a watt-hour; money is
 * unrounded until {@link express.polaris.units.Money#rounded()} is called, once, for display or on an invoice line.
 * Times are instants; a zone is always passed in.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package express.polaris.units;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
