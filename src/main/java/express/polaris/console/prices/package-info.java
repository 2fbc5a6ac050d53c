/**
 * Pages about what prices depend on: time bands, holidays, charger groups and market prices.
 *
 * <p>Owns: the forms and pictures of these pages. Does not own: their rules (billing.tariffs). Invariants: every change
 * names its operator in the audit log. Times: hours of a band are by the clock on the wall; prices are shown in the
 * reader's zone.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.prices;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
