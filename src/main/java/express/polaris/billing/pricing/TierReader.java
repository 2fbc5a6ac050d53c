package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the ranges of a graduated or volume charge into tiers and reports every fault. */
final class TierReader {

    private static final int MOST_RANGES = 100;
    private static final Energy ONE_UNIT = Energy.ofKilowattHours("1");

    private final PropertyReader properties;
    private final String key;
    private final RangeStyles styles;

    private final List<Tier> tiers = new ArrayList<>();
    private Optional<Energy> end = Optional.of(Energy.ZERO);
    private Optional<Style> style = Optional.empty();

    private enum Style {
        ADJACENT,
        NEXT_UNIT
    }

    TierReader(PropertyReader properties, String key, RangeStyles styles) {
        this.properties = properties;
        this.key = key;
        this.styles = styles;
    }

    /** Returns the tiers; empty when the property reader has faults. */
    Optional<List<Tier>> tiers() {
        var ranges = properties.objects(key, MOST_RANGES);
        for (int place = 0; place < ranges.size(); place++) {
            read(ranges.get(place), place == 0, place == ranges.size() - 1);
        }
        return ranges.isEmpty() || properties.hasFaults() ? Optional.empty() : Optional.of(tiers);
    }

    /** {@code end} is the end of the previous range, empty when it was unreadable. */
    private void read(PropertyReader range, boolean first, boolean last) {
        var from = range.energy("from_value");
        var to = upperBound(range, last);
        var unitPrice = range.price("per_unit_amount");
        var flat = range.price("flat_amount");

        from.ifPresent(start -> end.ifPresent(previous -> checkStart(range, start, previous, first)));
        to.ifPresent(bound -> checkNotEmpty(range, from, bound));
        if (!properties.hasFaults()) {
            tiers.add(new Tier(end.orElseThrow(), to, unitPrice.orElseThrow(), flat.orElseThrow()));
        }
        end = to;
    }

    private Optional<Energy> upperBound(PropertyReader range, boolean last) {
        if (!last) {
            return range.energy("to_value");
        }
        if (range.has("to_value")) {
            range.fault("to_value", PriceReason.LAST_RANGE);
        }
        return Optional.empty();
    }

    private void checkStart(PropertyReader range, Energy start, Energy previous, boolean first) {
        if (first) {
            if (!start.isZero()) {
                range.fault("from_value", PriceReason.FIRST_RANGE, text(start));
            }
            return;
        }
        var found = styleOf(start, previous);
        if (found.isEmpty()) {
            var reason = start.compareTo(previous) < 0 ? PriceReason.OVERLAP : PriceReason.GAP;
            range.fault("from_value", reason, startsAfter(previous), text(start));
        } else if (style.isEmpty()) {
            style = found;
        } else if (styles == RangeStyles.ONE && !style.equals(found)) {
            range.fault("from_value", PriceReason.TWO_STYLES);
        }
    }

    private static Optional<Style> styleOf(Energy start, Energy previous) {
        if (start.equals(previous)) {
            return Optional.of(Style.ADJACENT);
        }
        return isWhole(previous) && start.equals(previous.plus(ONE_UNIT))
                ? Optional.of(Style.NEXT_UNIT)
                : Optional.empty();
    }

    private static Object startsAfter(Energy previous) {
        return isWhole(previous)
                ? PriceReason.EITHER.with(text(previous), text(previous.plus(ONE_UNIT)))
                : text(previous);
    }

    /** A range's usage starts at the end of the previous one: 11–11 after 0–10 is one whole unit. */
    private void checkNotEmpty(PropertyReader range, Optional<Energy> from, Energy to) {
        var empty = end.filter(previous -> to.compareTo(previous) <= 0).isPresent();
        var reversed = from.filter(start -> to.compareTo(start) < 0).isPresent();
        if (empty || reversed) {
            range.fault("to_value", PriceReason.EMPTY_RANGE, text(to));
        }
    }

    private static boolean isWhole(Energy value) {
        return value.kilowattHours().stripTrailingZeros().scale() <= 0;
    }

    private static String text(Energy value) {
        return value.kilowattHours().stripTrailingZeros().toPlainString();
    }
}
