package express.polaris.billing.pricing;

import java.math.BigDecimal;
import java.util.Optional;

/** How a charge, or one filter of it, prices what it counts. */
public sealed interface ChargePrice {

    /** Price by a charge model, on a running total of its own within the billing period. */
    record ByModel(ChargeModel model) implements ChargePrice {}

    /**
     * Market price: series price × factor + markup, not below the floor and not above the ceiling. All amounts are per
     * kWh, in the main unit of the plan's currency.
     *
     * @param series code of the price series
     * @param factor zero or more
     * @param markup may be negative
     */
    record Market(
            String series,
            BigDecimal factor,
            BigDecimal markup,
            Optional<BigDecimal> floor,
            Optional<BigDecimal> ceiling)
            implements ChargePrice {

        /** @throws IllegalArgumentException when the floor is above the ceiling */
        public Market {
            if (floor.isPresent() && ceiling.isPresent() && floor.get().compareTo(ceiling.get()) > 0) {
                throw new IllegalArgumentException(
                        "The floor is above the ceiling (" + floor.get() + " > " + ceiling.get() + ")");
            }
        }

        /** Returns the price per kWh for a price of the series. */
        public BigDecimal of(BigDecimal seriesPrice) {
            var price = seriesPrice.multiply(factor).add(markup);
            var raised = floor.map(price::max).orElse(price);
            return ceiling.map(raised::min).orElse(raised);
        }
    }

    /** Whether the price does not depend on what was counted before. */
    default boolean isLinear() {
        return switch (this) {
            case ByModel(var model) -> model instanceof StandardModel;
            case Market ignored -> true;
        };
    }
}
