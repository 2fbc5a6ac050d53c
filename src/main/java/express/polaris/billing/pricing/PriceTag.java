package express.polaris.billing.pricing;

import express.polaris.units.Interval;
import java.util.Optional;

/**
 * Part of a plan that a price comes from, where there is more than energy at any time and place.
 *
 * @param charge index of the charge in its plan
 * @param filter index of the filter in the charge; empty for what no filter matches
 * @param name of the time band, place or price series; empty for what no filter matches
 * @param isMarket whether the price follows a series
 * @param hours span of a market price; empty for several together
 */
public record PriceTag(
        int charge, Optional<Integer> filter, Optional<String> name, boolean isMarket, Optional<Interval> hours) {}
