package express.polaris.billing.pricing;

import express.polaris.billing.pricing.ParsedCharge.Malformed;
import express.polaris.billing.pricing.ParsedCharge.Supported;
import express.polaris.billing.pricing.ParsedCharge.Unsupported;
import express.polaris.platform.refusals.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses a charge of Lago's plan JSON: metric, model, properties and filters. Three parts are extensions: the model {@code
 * dynamic} follows the series in {@code properties.price_series}, and charges for minutes may have {@code
 * properties.grace_minutes} and {@code properties.cap_minutes}, and {@code properties.included_kwh} of a charge for energy
 * without filters costs nothing in each billing period; what is left of it rolls over to the next one with {@code
 * properties.included_roll_over}.
 */
public final class ChargeParser {

    private static final int MOST_FILTERS = 50;
    private static final int MOST_VALUES = 50;
    private static final int LONGEST_CODE = 255;
    private static final BigDecimal MOST_MINUTES = BigDecimal.valueOf(100_000);
    private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
    private static final String TIME_BAND = "time_band";
    private static final String CHARGER_GROUP = "charger_group";
    private static final Set<String> OF_MARKET = Set.of("price_series", "factor", "markup", "floor", "ceiling");
    private static final Set<String> OF_INCLUDED = Set.of("included_kwh", "included_roll_over");
    private static final Set<String> OF_MINUTES = Set.of("grace_minutes", "cap_minutes");

    private final BillableMetric metric;
    private final String model;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();

    private ChargeParser(BillableMetric metric, String model) {
        this.metric = metric;
        this.model = model;
    }

    /**
     * Parses a charge and reports all faults at once.
     *
     * @param model Lago's {@code charge_model}
     * @param properties Lago's JSON: strings, numbers, lists and maps
     * @param filters Lago's JSON; null without filters
     */
    public static ParsedCharge parse(
            BillableMetric metric, String model, Map<String, ?> properties, @Nullable Object filters) {
        return new ChargeParser(metric, model).parse(properties, filters);
    }

    private ParsedCharge parse(Map<String, ?> properties, @Nullable Object filters) {
        var known = mayInclude(filters) ? OF_INCLUDED : ofMinutes();
        var price = price("properties", properties, known);
        var reader = new PropertyReader("properties", properties, faults);
        var grace = ofMinutes().isEmpty() ? Optional.<Duration>empty() : minutes(reader, "grace_minutes");
        var cap = ofMinutes().isEmpty() ? Optional.<Duration>empty() : minutes(reader, "cap_minutes");
        var included = mayInclude(filters) ? included(reader, properties) : IncludedEnergy.NOTHING;
        var found = filters(filters);
        if (!faults.isEmpty()) {
            return new Malformed(faults);
        }
        if (!unsupported.isEmpty() || price.isEmpty()) {
            return new Unsupported(unsupported);
        }
        var charge = new PlanCharge(metric, price.get(), included, found, grace.orElse(Duration.ZERO), cap);
        return charge.isForSessions() && !charge.isLinear() && !found.isEmpty()
                ? new Unsupported(List.of("filters with " + model))
                : new Supported(charge);
    }

    /** Energy can be included by charges whose price depends on usage alone. */
    private boolean mayInclude(@Nullable Object filters) {
        return metric == BillableMetric.ENERGY
                && (filters == null || filters.equals(List.of()))
                && Set.of("standard", "graduated", "volume").contains(model);
    }

    /** Reads the energy of each billing period that costs nothing. */
    private IncludedEnergy included(PropertyReader reader, Map<String, ?> properties) {
        var rollOver = properties.get("included_roll_over");
        if (rollOver != null && !(rollOver instanceof Boolean)) {
            reader.fault("included_roll_over", PriceReason.FLAG);
        } else if (Boolean.TRUE.equals(rollOver) && !reader.has("included_kwh")) {
            reader.fault("included_roll_over", PriceReason.NOTHING_ROLLS_OVER);
        }
        return reader.has("included_kwh")
                ? reader.energy("included_kwh")
                        .map(energy -> new IncludedEnergy(energy, Boolean.TRUE.equals(rollOver)))
                        .orElse(IncludedEnergy.NOTHING)
                : IncludedEnergy.NOTHING;
    }

    private Set<String> ofMinutes() {
        return switch (metric) {
            case ENERGY, SESSIONS -> Set.of();
            case CONNECTED_MINUTES, CHARGING_MINUTES, IDLE_MINUTES -> OF_MINUTES;
        };
    }

    private Optional<ChargePrice> price(String path, Map<String, ?> properties, Set<String> alsoKnown) {
        if (model.equals("dynamic") && properties.get("price_series") != null) {
            if (metric != BillableMetric.ENERGY) {
                unsupported.add("charge_model dynamic");
                return Optional.empty();
            }
            return market(path, properties);
        }
        return switch (ChargeModelParser.parse(model, properties, path, alsoKnown)) {
            case ParsedChargeModel.Supported(var parsed) -> Optional.of(new ChargePrice.ByModel(parsed));
            case ParsedChargeModel.Unsupported(var features) -> {
                unsupported.addAll(features);
                yield Optional.empty();
            }
            case ParsedChargeModel.Malformed(var found) -> {
                faults.addAll(found);
                yield Optional.empty();
            }
        };
    }

    private Optional<ChargePrice> market(String path, Map<String, ?> properties) {
        var reader = new PropertyReader(path, properties, faults);
        int before = faults.size();
        var series = reader.code("price_series", LONGEST_CODE);
        var factor = reader.has("factor") ? reader.price("factor") : Optional.of(BigDecimal.ONE);
        var markup = reader.has("markup") ? reader.signedPrice("markup") : Optional.of(BigDecimal.ZERO);
        var floor = reader.has("floor") ? reader.signedPrice("floor") : Optional.<BigDecimal>empty();
        var ceiling = reader.has("ceiling") ? reader.signedPrice("ceiling") : Optional.<BigDecimal>empty();
        if (floor.isPresent() && ceiling.isPresent() && floor.get().compareTo(ceiling.get()) > 0) {
            reader.fault("floor", PriceReason.FLOOR, ceiling.get().toPlainString());
        }
        unsupported.addAll(reader.filledExcept(ChargeModelParser.with(OF_MARKET)));
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new ChargePrice.Market(
                        series.orElseThrow(), factor.orElseThrow(), markup.orElseThrow(), floor, ceiling));
    }

    private static Optional<Duration> minutes(PropertyReader reader, String key) {
        if (!reader.has(key)) {
            return Optional.empty();
        }
        var minutes = reader.price(key);
        if (minutes.filter(number -> number.compareTo(MOST_MINUTES) > 0).isPresent()) {
            reader.fault(key, PriceReason.MINUTES, MOST_MINUTES);
            return Optional.empty();
        }
        var seconds = minutes.map(number -> number.multiply(SECONDS).stripTrailingZeros());
        if (seconds.filter(number -> number.scale() > 0).isPresent()) {
            reader.fault(key, PriceReason.SECONDS);
            return Optional.empty();
        }
        return seconds.map(number -> Duration.ofSeconds(number.longValue()));
    }

    private List<ChargeFilter> filters(@Nullable Object json) {
        if (json == null) {
            return List.of();
        }
        if (!(json instanceof List<?> list) || list.size() > MOST_FILTERS) {
            faults.add(new Fault("filters", PriceReason.FILTERS.with(MOST_FILTERS)));
            return List.of();
        }
        var found = new ArrayList<ChargeFilter>();
        for (int place = 0; place < list.size(); place++) {
            var path = "filters[" + place + "]";
            if (list.get(place) instanceof Map<?, ?> filter) {
                filter(path, filter).ifPresent(found::add);
            } else {
                faults.add(new Fault(path, PriceReason.FILTER.with()));
            }
        }
        return found;
    }

    private Optional<ChargeFilter> filter(String path, Map<?, ?> filter) {
        for (var key : filter.keySet()) {
            var name = String.valueOf(key);
            if (!Set.of("values", "properties", "invoice_display_name", "lago_id", "charge_code")
                            .contains(name)
                    && filter.get(key) != null) {
                unsupported.add(path + "." + PropertyReader.shortened(name));
            }
        }
        if (!(filter.get("values") instanceof Map<?, ?> values) || values.isEmpty()) {
            priceOf(filter, path);
            faults.add(new Fault(path + ".values", PriceReason.FILTER_VALUES.with(TIME_BAND, CHARGER_GROUP)));
            return Optional.empty();
        }
        var unknown = values.keySet().stream()
                .filter(key -> !key.equals(TIME_BAND) && !key.equals(CHARGER_GROUP))
                .toList();
        if (!unknown.isEmpty()) {
            unknown.forEach(key -> unsupported.add(path + ".values." + PropertyReader.shortened(String.valueOf(key))));
            return Optional.empty();
        }
        var price = priceOf(filter, path);
        var bands = codes(path + ".values." + TIME_BAND, values.get(TIME_BAND));
        var groups = codes(path + ".values." + CHARGER_GROUP, values.get(CHARGER_GROUP));
        var name = filter.get("invoice_display_name") instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.<String>empty();
        return bands.isEmpty() && groups.isEmpty()
                ? Optional.empty()
                : price.map(known -> new ChargeFilter(name, bands, groups, known));
    }

    private Optional<ChargePrice> priceOf(Map<?, ?> filter, String path) {
        if (filter.get("properties") instanceof Map<?, ?> properties) {
            return price(path + ".properties", named(properties), Set.of());
        }
        faults.add(new Fault(path + ".properties", PriceReason.FILTER_PROPERTIES.with()));
        return Optional.empty();
    }

    private Set<String> codes(String path, @Nullable Object json) {
        if (json == null) {
            return Set.of();
        }
        var codes = new HashSet<String>();
        if (json instanceof List<?> list && !list.isEmpty() && list.size() <= MOST_VALUES) {
            list.forEach(value -> {
                if (value instanceof String code && !code.isBlank() && code.length() <= LONGEST_CODE) {
                    codes.add(code.strip());
                }
            });
            if (codes.size() == list.size()) {
                return codes;
            }
        }
        faults.add(new Fault(path, PriceReason.CODES.with(MOST_VALUES)));
        return Set.of();
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        var named = new HashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                named.put(String.valueOf(key), value);
            }
        });
        return named;
    }
}
