package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.Rating;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Event priced at its place in a billing period.
 *
 * @param before energy of the period that ranks before it
 * @param isSplit whether its energy was split by time over a boundary of prices
 */
record PricedEvent(
        BilledEvent event,
        SubscriptionPeriod period,
        Energy before,
        Money amount,
        List<PriceLine> lines,
        boolean isSplit) {

    private static final ChargeModel FREE = new StandardModel(BigDecimal.ZERO);

    /**
     * Prices an event.
     *
     * @param before energy of the period that ranks before it
     * @param timed what the plan's prices that depend on time or place make of it
     * @throws IllegalArgumentException when the plan's price cannot be computed
     */
    static PricedEvent of(BilledEvent event, SubscriptionPeriod period, Energy before, TimedPrices.Priced timed) {
        var plan = period.plan();
        if (!plan.isSupported()) {
            throw new IllegalArgumentException(
                    "Plan " + plan.code() + " has no computable price: " + plan.unsupported());
        }
        var amount = timed.amount();
        var lines = new ArrayList<PriceLine>();
        for (var model : plan.models().isEmpty() && !plan.isTimed() ? List.of(FREE) : plan.models()) {
            var rating = Rating.of(model, before, event.energy());
            amount = amount.add(rating.amount());
            lines.addAll(rating.lines());
        }
        lines.addAll(timed.lines());
        return new PricedEvent(
                event, period, before, new Money(amount, plan.currency()), List.copyOf(lines), timed.isSplit());
    }
}
