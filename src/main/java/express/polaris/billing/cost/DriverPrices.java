package express.polaris.billing.cost;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.billing.pricing.PriceConditions;
import express.polaris.billing.pricing.PricesAtPlace;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the next kWh costs a driver at any charge box, now and in the next 24 hours, and which fees a session has. What
 * the prices depend on was read once, so asking for many charge boxes is cheap.
 */
public final class DriverPrices {

    static final Duration AHEAD = Duration.ofHours(24);

    private final SubscriptionPeriod period;
    private final Plan plan;
    private final Used used;
    private final PriceConditions conditions;
    private final Instant now;

    /**
     * @param conditions cover the next 24 hours
     */
    DriverPrices(SubscriptionPeriod period, Used used, PriceConditions conditions, Instant now) {
        this.period = period;
        this.plan = period.plan();
        this.used = used;
        this.conditions = conditions;
        this.now = now;
    }

    /**
     * What the billing period has counted so far.
     *
     * @param energy running total of charges that depend on usage alone
     * @param byBand running totals of bands with tiers
     * @param fees sessions or minutes, by charge and filter
     */
    record Used(Energy energy, Map<Bucket, Energy> byBand, Map<Bucket, Energy> fees) {

        static final Used NOTHING = new Used(Energy.ZERO, Map.of(), Map.of());
    }

    /**
     * Price now.
     *
     * @param price empty while a market price is missing
     * @param then price once {@link NextPrice#left} is used; empty when the price does not change with usage
     * @param name of the time band, place or price series
     */
    public record Now(Optional<NextPrice> price, Optional<NextPrice> then, Optional<String> name) {}

    /**
     * Span of time with one price.
     *
     * @param perKwh of the first kWh, without packages; empty while a market price is missing
     * @param packages packages that the first kWh falls into
     * @param name of the time band, place or price series
     */
    public record Hours(
            Instant from,
            Instant to,
            Optional<BigDecimal> perKwh,
            List<NextPrice.Package> packages,
            Optional<String> name) {

        public Hours {
            packages = List.copyOf(packages);
        }

        private boolean continuesAs(Hours next) {
            return name.equals(next.name)
                    && packages.equals(next.packages)
                    && perKwh.map(BigDecimal::stripTrailingZeros)
                            .equals(next.perKwh.map(BigDecimal::stripTrailingZeros));
        }
    }

    /**
     * Fee of a session.
     *
     * @param unitPrice of the next session or minute; empty for packages of several
     * @param packages of several sessions or minutes; a session or a minute takes the place of a kWh
     * @param grace minutes that cost nothing
     * @param cap most time that costs something, after the grace time
     * @param name of the time band or place; empty for what no filter matches
     */
    public record Fee(
            BillableMetric metric,
            Optional<BigDecimal> unitPrice,
            List<NextPrice.Package> packages,
            Duration grace,
            Optional<Duration> cap,
            Optional<String> name) {}

    public Plan plan() {
        return plan;
    }

    /** Whether prices or fees differ between charge boxes. */
    public boolean dependOnPlace() {
        return plan.charges().stream()
                .anyMatch(charge -> !charge.chargerGroups().isEmpty());
    }

    /** Returns the price of the next kWh at a charge box. */
    public Now now(String chargeBox) {
        var here = place(chargeBox).at(now);
        var price = next(here, plan, used, Energy.ZERO);
        return new Now(
                price, price.flatMap(NextPrice::left).flatMap(left -> next(here, plan, used, left)), here.name());
    }

    /** Lists the next 24 hours by price, or those until the subscription ends. Tiers start again with a new period. */
    public List<Hours> hours(String chargeBox) {
        var place = place(chargeBox);
        var span = ahead();
        var bounds = Stream.of(
                        Stream.of(now),
                        place.changes(span).stream(),
                        Stream.of(period.whole().to()))
                .flatMap(some -> some)
                .filter(span::contains)
                .distinct()
                .sorted()
                .toList();
        var hours = new ArrayList<Hours>();
        for (int index = 0; index < bounds.size(); index++) {
            var from = bounds.get(index);
            var at = place.at(from);
            boolean isCurrent = from.isBefore(period.whole().to());
            var inForce =
                    isCurrent ? plan : period.subscription().periodAt(from).plan();
            var price = next(at, inForce, isCurrent ? used : Used.NOTHING, Energy.ZERO);
            var next = new Hours(
                    from,
                    index + 1 < bounds.size() ? bounds.get(index + 1) : span.to(),
                    price.map(NextPrice::perKwh),
                    price.map(NextPrice::packages).orElse(List.of()),
                    at.name());
            if (!hours.isEmpty() && hours.getLast().continuesAs(next)) {
                var before = hours.removeLast();
                hours.add(new Hours(before.from(), next.to(), before.perKwh(), before.packages(), before.name()));
            } else {
                hours.add(next);
            }
        }
        return List.copyOf(hours);
    }

    /** Lists the fees that a session at a charge box may have in the next 24 hours; those without a price are left out. */
    public List<Fee> fees(String chargeBox) {
        return place(chargeBox).fees(ahead()).stream()
                .map(this::fee)
                .filter(fee -> !fee.packages().isEmpty()
                        || fee.unitPrice().filter(price -> price.signum() != 0).isPresent())
                .toList();
    }

    private Fee fee(PricesAtPlace.Fee fee) {
        var counted = used.fees().getOrDefault(fee.part(), Energy.ZERO);
        var price = NextPrice.of(List.of(new NextPrice.Rated(fee.model(), counted)), BigDecimal.ZERO);
        return new Fee(
                fee.charge().metric(),
                price.asOneNumber(),
                price.packages(),
                fee.charge().grace(),
                fee.charge().cap(),
                fee.name());
    }

    private PricesAtPlace place(String chargeBox) {
        return new PricesAtPlace(plan.charges(), conditions, chargeBox);
    }

    private Interval ahead() {
        var end = now.plus(AHEAD);
        var subscribed = period.subscription().inForce().to();
        return new Interval(now, subscribed.isBefore(end) ? subscribed : end);
    }

    /**
     * @param more energy used in the meantime
     */
    private static Optional<NextPrice> next(PricesAtPlace.At at, Plan plan, Used counted, Energy more) {
        if (!at.isComplete()) {
            return Optional.empty();
        }
        var models = Stream.concat(
                        plan.models().stream()
                                .map(model -> new NextPrice.Rated(
                                        model, counted.energy().plus(more))),
                        at.models().entrySet().stream()
                                .map(entry -> new NextPrice.Rated(
                                        entry.getValue(),
                                        counted.byBand()
                                                .getOrDefault(entry.getKey(), Energy.ZERO)
                                                .plus(more))))
                .toList();
        return Optional.of(NextPrice.of(models, at.market()));
    }
}
