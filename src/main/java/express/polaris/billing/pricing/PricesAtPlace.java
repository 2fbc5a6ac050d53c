package express.polaris.billing.pricing;

import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which prices of a plan hold at one charge box, now and in the hours ahead. */
public final class PricesAtPlace {

    private final List<PlanCharge> charges;
    private final PriceConditions conditions;
    private final String chargeBox;

    /** @param charges all charges of the plan, in their order */
    public PricesAtPlace(List<PlanCharge> charges, PriceConditions conditions, String chargeBox) {
        this.charges = List.copyOf(charges);
        this.conditions = conditions;
        this.chargeBox = chargeBox;
    }

    /**
     * Prices of energy at one instant, by the charges that depend on time or place.
     *
     * @param models charge models by the part of the plan whose running total they count on
     * @param market sum of the market prices per kWh; may be negative
     * @param isComplete whether all market prices are known
     * @param name of the time band, place or price series; empty where no filter matches
     */
    public record At(Map<Bucket, ChargeModel> models, BigDecimal market, boolean isComplete, Optional<String> name) {}

    /**
     * Fee that a session at this charge box has.
     *
     * @param part charge and filter of the plan
     * @param name of the time band or place; empty for what no filter matches
     */
    public record Fee(PlanCharge charge, Bucket part, ChargeModel model, Optional<String> name) {}

    /** Returns the prices of energy at an instant. */
    public At at(Instant instant) {
        var models = new LinkedHashMap<Bucket, ChargeModel>();
        var names = new LinkedHashSet<String>();
        var market = BigDecimal.ZERO;
        boolean complete = true;
        for (int index = 0; index < charges.size(); index++) {
            var charge = charges.get(index);
            if (!charge.isTimed()) {
                continue;
            }
            var filter = conditions.filter(charge, chargeBox, instant);
            var name = conditions.tag(index, charge, filter).name();
            switch (charge.price(filter)) {
                case ChargePrice.ByModel(var model) -> models.put(new Bucket(index, filter), model);
                case ChargePrice.Market some -> {
                    var found = conditions.seriesOf(some).at(instant).map(price -> some.of(price.perKwh()));
                    complete &= found.isPresent();
                    market = market.add(found.orElse(BigDecimal.ZERO));
                    name = name.or(() -> Optional.of(some.series()));
                }
            }
            name.ifPresent(names::add);
        }
        return new At(
                models, market, complete, names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names)));
    }

    /** Returns the instants within a span, without its bounds, at which a price of energy may change. */
    public SortedSet<Instant> changes(Interval span) {
        var timed = charges.stream().filter(PlanCharge::isTimed).toList();
        return timed.isEmpty() ? new TreeSet<>() : conditions.changes(timed, chargeBox, span.from(), span.to());
    }

    /** Lists the fees that hold at some time of a span, by charge, those that hold first before later ones. */
    public List<Fee> fees(Interval span) {
        var fees = new LinkedHashMap<Bucket, Fee>();
        for (int index = 0; index < charges.size(); index++) {
            var charge = charges.get(index);
            if (!charge.isForSessions()) {
                continue;
            }
            var instants = new ArrayList<Instant>(List.of(span.from()));
            instants.addAll(conditions.changes(List.of(charge), chargeBox, span.from(), span.to()));
            for (var instant : instants) {
                var part = new Bucket(index, conditions.filter(charge, chargeBox, instant));
                if (charge.price(part.filter()) instanceof ChargePrice.ByModel(var model)) {
                    var name = conditions.tag(index, charge, part.filter()).name();
                    fees.putIfAbsent(part, new Fee(charge, part, model, name));
                }
            }
        }
        return List.copyOf(fees.values());
    }
}
