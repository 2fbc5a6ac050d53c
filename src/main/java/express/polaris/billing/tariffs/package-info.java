/**
 * What prices depend on: time bands, holidays, charger groups, and series of market prices.
 *
 * <p>Owns: {@code time_bands}, {@code holidays}, {@code charger_groups}, {@code price_series} and the tables around them;
 * uploads and polls of market prices. Does not own: plans that refer to them by code, and what energy costs. Invariants:
 * what energy was once priced by is never lost: bands and memberships change from the instant of saving on, and holidays
 * and market prices can be looked up as they were at any instant. Times: bands and holidays are by the clock on the wall
 * in the zone of the subscription; spans of market prices are instants; times of recording are the server's.
 */
@InnerPackage(mayUse = "pricing")
@NamedInterface
@NullMarked
package express.polaris.billing.tariffs;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
