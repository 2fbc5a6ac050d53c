package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Charge of a plan: what it counts, and at which price.
 *
 * @param price of everything that no filter matches
 * @param included energy that costs nothing; none with filters, or unless the price is that of a graduated, standard or
 *     volume charge for energy
 * @param grace minutes of each session that are not counted; zero unless the metric counts minutes
 * @param cap most minutes of each session that are counted, after the grace time
 */
public record PlanCharge(
        BillableMetric metric,
        ChargePrice price,
        IncludedEnergy included,
        List<ChargeFilter> filters,
        Duration grace,
        Optional<Duration> cap) {

    public PlanCharge {
        filters = List.copyOf(filters);
    }

    /** Charge for energy at any time and place. */
    public static PlanCharge forEnergy(ChargeModel model) {
        return new PlanCharge(
                BillableMetric.ENERGY,
                new ChargePrice.ByModel(model),
                IncludedEnergy.NOTHING,
                List.of(),
                Duration.ZERO,
                Optional.empty());
    }

    /** Returns this charge with what the billing period before has left of its included energy. */
    public PlanCharge including(Energy rolledOver) {
        return new PlanCharge(metric, price, included.plus(rolledOver), filters, grace, cap);
    }

    /** Returns what a billing period that used this much leaves for the next one; zero unless it rolls over. */
    public Energy left(Energy used) {
        return included.rollsOver() ? included.left(used) : Energy.ZERO;
    }

    /**
     * Returns the model of a charge for energy whose price depends on neither time nor place, its included energy
     * counted in; empty for others.
     */
    public Optional<ChargeModel> plainModel() {
        return metric == BillableMetric.ENERGY && filters.isEmpty() && price instanceof ChargePrice.ByModel(var model)
                ? Optional.of(included.before(model))
                : Optional.empty();
    }

    /** Returns the price of what a filter matches, by its index; empty = what no filter matches. */
    ChargePrice price(Optional<Integer> filter) {
        return filter.map(index -> filters.get(index).price()).orElse(price);
    }

    /** Whether it is for energy, and its price depends on time or place. */
    public boolean isTimed() {
        return metric == BillableMetric.ENERGY && plainModel().isEmpty();
    }

    /** Whether it counts sessions or their minutes. */
    public boolean isForSessions() {
        return metric != BillableMetric.ENERGY;
    }

    /** Codes of the time bands that its filters name. */
    public Set<String> timeBands() {
        return filters.stream().flatMap(filter -> filter.timeBands().stream()).collect(Collectors.toSet());
    }

    /** Codes of the charger groups that its filters name. */
    public Set<String> chargerGroups() {
        return filters.stream()
                .flatMap(filter -> filter.chargerGroups().stream())
                .collect(Collectors.toSet());
    }

    /** Codes of the price series that it follows. */
    public Set<String> series() {
        return prices().flatMap(
                        some -> some instanceof ChargePrice.Market market ? Stream.of(market.series()) : Stream.empty())
                .collect(Collectors.toSet());
    }

    /** Whether no price of it depends on what was counted before. */
    public boolean isLinear() {
        return prices().allMatch(ChargePrice::isLinear);
    }

    private Stream<ChargePrice> prices() {
        return Stream.concat(Stream.of(price), filters.stream().map(ChargeFilter::price));
    }
}
