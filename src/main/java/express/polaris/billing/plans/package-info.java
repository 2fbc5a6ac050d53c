/**
 * Plans and subscriptions.
 *
 * <p>Owns: {@code plans}, {@code subscriptions}; the reading of Lago's plan JSON. Does not own: how usage becomes an
 * amount (pricing). Invariants: a saved plan never changes, a new version is a new row; subscriptions of a driver
 * never overlap. Times: a subscription's bounds are instants; its billing periods are local days in its time zone.
 */
@InnerPackage(mayUse = {"pricing", "tariffs"})
@NamedInterface
@NullMarked
package express.polaris.billing.plans;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
