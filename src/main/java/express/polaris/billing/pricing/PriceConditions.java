package express.polaris.billing.pricing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What prices depend on besides usage, as known at one time.
 *
 * @param zone of the subscription
 * @param series by code
 */
public record PriceConditions(ZoneId zone, TimeBands bands, ChargerGroups groups, Map<String, PriceSeries> series) {

    public PriceConditions {
        series = Map.copyOf(series);
    }

    /** Conditions of plans whose prices depend on usage alone. */
    public static PriceConditions none(ZoneId zone) {
        return new PriceConditions(zone, TimeBands.NONE, ChargerGroups.NONE, Map.of());
    }

    /** Returns the index of the filter that applies at a charge box and instant; empty when none does. */
    public Optional<Integer> filter(PlanCharge charge, String chargeBox, Instant at) {
        if (charge.filters().isEmpty()) {
            return Optional.empty();
        }
        var places = groups.of(chargeBox, at);
        return IntStream.range(0, charge.filters().size())
                .boxed()
                .filter(index -> {
                    var filter = charge.filters().get(index);
                    return (filter.chargerGroups().isEmpty()
                                    || filter.chargerGroups().stream().anyMatch(places::contains))
                            && (filter.timeBands().isEmpty()
                                    || filter.timeBands().stream().anyMatch(code -> bands.contains(code, at, zone)));
                })
                .max(Comparator.<Integer>comparingInt(
                                index -> charge.filters().get(index).keys())
                        .thenComparing(Comparator.reverseOrder()));
    }

    /** What people call a filter: its own name, or those of its bands and groups. */
    String name(ChargeFilter filter) {
        return filter.name()
                .orElseGet(() -> String.join(
                        ", ",
                        Stream.concat(
                                        filter.timeBands().stream().sorted().map(bands::name),
                                        filter.chargerGroups().stream().sorted().map(groups::name))
                                .toList()));
    }

    /** Returns the tag of what a filter of a charge matches, or none. */
    public PriceTag tag(int index, PlanCharge charge, Optional<Integer> filter) {
        return new PriceTag(
                index, filter, filter.map(at -> name(charge.filters().get(at))), false, Optional.empty());
    }

    PriceSeries seriesOf(ChargePrice.Market market) {
        return series.getOrDefault(market.series(), PriceSeries.EMPTY);
    }

    /** Returns the instants within a span at which the price of a charge may change at this charge box. */
    public NavigableSet<Instant> changes(Collection<PlanCharge> charges, String chargeBox, Instant from, Instant to) {
        var changes = new TreeSet<Instant>();
        var codes = new ArrayList<String>();
        charges.forEach(charge -> {
            codes.addAll(charge.timeBands());
            charge.series()
                    .forEach(code -> changes.addAll(
                            series.getOrDefault(code, PriceSeries.EMPTY).changes(from, to)));
        });
        changes.addAll(bands.changes(codes, from, to, zone));
        if (charges.stream().anyMatch(charge -> !charge.chargerGroups().isEmpty())) {
            changes.addAll(groups.changes(chargeBox));
        }
        return from.isBefore(to) ? changes.subSet(from, false, to, false) : new TreeSet<>();
    }

    /** Returns the codes that a charge names and that are not known. */
    public List<String> unknown(PlanCharge charge) {
        return Stream.of(
                        charge.timeBands().stream().filter(code -> !bands.has(code)),
                        charge.chargerGroups().stream().filter(code -> !groups.has(code)),
                        charge.series().stream().filter(code -> !series.containsKey(code)))
                .flatMap(found -> found)
                .sorted()
                .toList();
    }
}
