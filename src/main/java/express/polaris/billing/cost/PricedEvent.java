package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.Rating;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Event priced at its place in a billing period.
 *
 * @param before energy of the period that ranks before it
 */
record PricedEvent(BilledEvent event, SubscriptionPeriod period, Energy before, Money amount, List<PriceLine> lines) {

    private static final ChargeModel FREE = new StandardModel(BigDecimal.ZERO);

    /**
     * Prices an event.
     *
     * @param before energy of the period that ranks before it
     * @throws IllegalArgumentException when the plan's price cannot be computed
     */
    static PricedEvent of(BilledEvent event, SubscriptionPeriod period, Energy before) {
        var plan = period.subscription().plan();
        if (!plan.isSupported()) {
            throw new IllegalArgumentException(
                    "Plan " + plan.code() + " has no computable price: " + plan.unsupported());
        }
        var amount = BigDecimal.ZERO;
        var lines = new ArrayList<PriceLine>();
        for (var model : plan.models().isEmpty() ? List.of(FREE) : plan.models()) {
            var rating = Rating.of(model, before, event.energy());
            amount = amount.add(rating.amount());
            lines.addAll(rating.lines());
        }
        return new PricedEvent(event, period, before, new Money(amount, plan.currency()), List.copyOf(lines));
    }
}
