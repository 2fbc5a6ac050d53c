/**
 * Price of energy: charge models, tiers, billing periods, proration. Pure Java; the terms are Lago's.
 *
 * <p>Owns: the price of a slice of usage and its lines, the bounds of a billing period, the valid properties of a
 * charge. Does not own: plans, subscriptions, the usage that ranks before a slice, invoices. Invariants: a slice costs
 * rate(before + slice) − rate(before), so slices add up to the whole exactly, and a slice's lines add up to the slice.
 * Decimals are exact; only {@link express.polaris.billing.pricing.Proration} divides, and {@link
 * express.polaris.billing.pricing.Rating#roundedAmount} rounds on request. Prices are in the currency's main unit per
 * kWh. Times: every bound is an instant, counted from the anchor's local day in the given zone.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.billing.pricing;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
