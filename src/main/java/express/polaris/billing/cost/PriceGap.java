package express.polaris.billing.cost;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Reason a session has no price; each has its own remedy. */
public sealed interface PriceGap {

    /** The session has no owner. */
    record NoOwner() implements PriceGap {}

    /**
     * The owner had no subscription at the time of some of its energy. Days are in the zone of the subscription.
     *
     * @param ended last day of the subscription before that energy
     * @param begins first day of the one after it
     * @param hasBegun whether that day has come
     */
    record NoSubscription(Optional<LocalDate> ended, Optional<LocalDate> begins, boolean hasBegun)
            implements PriceGap {}

    /** The plan in force then has a feature that changes the price and is not supported. */
    record UnsupportedPlan() implements PriceGap {}

    /**
     * A market price is not known; the session has a price once it is.
     *
     * @param series code of the price series
     * @param at an instant that the price is missing for
     */
    record MarketPriceMissing(String series, Instant at) implements PriceGap {}

    /** SteVe's energy is larger than the measured energy, and no operator has decided. */
    record Disputed() implements PriceGap {}

    /** Implausible energy, confirmed neither by the end of the session nor by an operator. */
    record Implausible() implements PriceGap {}
}
