/**
 * Exact quantities: energy, power, money, time intervals, consumption.
 *
 * <p>Owns: representation and rounding of quantities. Does not own: the meaning of a quantity (register, session
 * total, price). Invariants: no binary floating point; energy has three decimals of a watt-hour; money stays unrounded
 * until {@link express.polaris.units.Money#rounded()} is called, once, for display or for an invoice line. Times:
 * instants; no time zone is implied.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package express.polaris.units;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
