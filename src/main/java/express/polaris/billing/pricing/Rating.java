package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Price of a slice of usage: rate(before + slice) − rate(before). A slice is never priced on its own, so
 * every way to split a period's usage into slices gives the same total.
 *
 * @param amount unrounded, in the main unit of the plan's currency; negative for energy taken back, or when
 *     a volume charge falls
 * @param lines explanation of the amount; empty for a slice without energy
 */
public record Rating(BigDecimal amount, List<PriceLine> lines) {

    /** @throws IllegalArgumentException when the lines do not add up to the amount */
    public Rating {
        lines = List.copyOf(lines);
        var sum = lines.stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(amount) != 0) {
            throw new IllegalArgumentException("Price lines add up to " + sum + ", not to the rating of " + amount);
        }
    }

    /**
     * Prices a slice at its place in the billing period.
     *
     * @param before running total of the billing period before the slice; negative after corrections, where
     *     energy is free
     * @param slice negative when a correction takes energy back: exactly its price is given back
     */
    public static Rating of(ChargeModel model, Energy before, Energy slice) {
        var after = before.plus(slice);
        var amount = model.rate(after).subtract(model.rate(before));
        var lines = slice.isNegative()
                ? upward(model, after, before).stream()
                        .map(PriceLine::negated)
                        .toList()
                        .reversed()
                : upward(model, before, after);
        return new Rating(amount, lines);
    }

    /**
     * Returns the slice's amount as the difference of two running totals, each rounded half up to this many
     * digits. The rounded slices of a period add up to its rounded total.
     *
     * @param fractionDigits the currency's own (JPY 0, EUR 2, KWD 3)
     */
    public static BigDecimal roundedAmount(ChargeModel model, Energy before, Energy slice, int fractionDigits) {
        var owedAfter = model.rate(before.plus(slice)).setScale(fractionDigits, RoundingMode.HALF_UP);
        var owedBefore = model.rate(before).setScale(fractionDigits, RoundingMode.HALF_UP);
        return owedAfter.subtract(owedBefore);
    }

    private static List<PriceLine> upward(ChargeModel model, Energy from, Energy to) {
        var lines = new ArrayList<PriceLine>();
        var unused = Band.NO_USAGE.partOf(from, to);
        if (unused.isPositive()) {
            lines.add(new PriceLine(Band.NO_USAGE, unused, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        var start = from.isNegative() ? Energy.ZERO : from;
        if (to.compareTo(start) > 0) {
            lines.addAll(model.lines(start, to));
        }
        return lines;
    }
}
