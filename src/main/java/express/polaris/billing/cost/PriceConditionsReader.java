package express.polaris.billing.cost;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PriceConditions;
import express.polaris.billing.pricing.PriceSeries;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.units.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads what the prices of a plan depend on besides usage. */
@Component
public class PriceConditionsReader {

    private final TariffService tariffs;

    PriceConditionsReader(TariffService tariffs) {
        this.tariffs = tariffs;
    }

    /**
     * Returns the conditions of a plan's prices.
     *
     * @param span time that is priced
     * @param sealedAt instant whose holidays and market prices count, for energy that an invoice has; empty = now
     */
    public PriceConditions of(Plan plan, ZoneId zone, Interval span, Optional<Instant> sealedAt) {
        var codes = new HashSet<String>();
        var series = new HashMap<String, PriceSeries>();
        boolean byPlace = false;
        for (PlanCharge charge : plan.charges()) {
            codes.addAll(charge.timeBands());
            byPlace |= !charge.chargerGroups().isEmpty();
            for (var code : charge.series()) {
                series.computeIfAbsent(code, unread -> series(unread, plan.currency(), span, sealedAt));
            }
        }
        return codes.isEmpty() && !byPlace && series.isEmpty()
                ? PriceConditions.none(zone)
                : new PriceConditions(
                        zone,
                        tariffs.bands(codes, sealedAt),
                        byPlace ? tariffs.groups() : PriceConditions.none(zone).groups(),
                        series);
    }

    /** A series in another currency than the plan's has no price for it. */
    private PriceSeries series(String code, Currency currency, Interval span, Optional<Instant> sealedAt) {
        return tariffs.currencyOf(code).filter(currency::equals).isPresent()
                ? tariffs.series(code, span.from(), span.to(), sealedAt)
                : PriceSeries.EMPTY;
    }

    /**
     * Returns the conditions of fees, which follow no market price.
     *
     * @param sealedAt instant whose holidays count, for fees that an invoice has; empty = now
     */
    public PriceConditions ofFees(Plan plan, ZoneId zone, Optional<Instant> sealedAt) {
        var codes = new HashSet<String>();
        boolean byPlace = false;
        for (PlanCharge charge : plan.charges()) {
            if (charge.isForSessions()) {
                codes.addAll(charge.timeBands());
                byPlace |= !charge.chargerGroups().isEmpty();
            }
        }
        var none = PriceConditions.none(zone);
        return new PriceConditions(
                zone,
                codes.isEmpty() ? none.bands() : tariffs.bands(codes, sealedAt),
                byPlace ? tariffs.groups() : none.groups(),
                Map.of());
    }

    /** Returns the prices of a period's plan that depend on time or place, at one charge box. */
    public TimedPrices timed(SubscriptionPeriod period, String chargeBox, Interval span, Optional<Instant> sealedAt) {
        var subscription = period.subscription();
        var plan = subscription.plan();
        return new TimedPrices(
                plan.charges(),
                plan.isTimed()
                        ? of(plan, subscription.timeZone(), span, sealedAt)
                        : PriceConditions.none(subscription.timeZone()),
                chargeBox,
                span);
    }

    /** Returns the prices of a whole period's plan that depend on time or place. */
    public TimedEnergy in(SubscriptionPeriod period) {
        return new TimedEnergy(period, this);
    }
}
