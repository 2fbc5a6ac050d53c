/**
 * What energy costs: charge models, tiers, billing periods, proration. Pure Java; the terms are Lago's.
 *
 * <p>Owns: the price of a slice of usage and its lines, the bounds of a billing period, what a charge's properties may
 * say. Does not own: plans, subscriptions, which usage counts before a slice, invoices. Invariants: a slice costs
 * rate(before + slice) − rate(before), so slices add up to the whole exactly, and a slice's lines add up to the slice.
 * Decimals are exact; only {@link express.polaris.pricing.Proration} divides, and
 * {@link express.polaris.pricing.Rating#roundedAmount} rounds where the caller asks for it. Prices are in the currency's
 * main unit per kWh. Times: every bound is an instant, counted from the anchor's local day in the zone that is passed in.
 */
@ApplicationModule(allowedDependencies = {"units", "problems"})
@NullMarked
package express.polaris.pricing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
