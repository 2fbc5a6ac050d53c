package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session costs and why.
 *
 * @param lines what could be priced, also when the whole could not
 * @param tiers what the session took of the plan's tiers; empty where the plan has none
 * @param invoices the numbers of the invoices that have it, oldest first
 */
public record CostView(Sum sum, List<Line> lines, List<Tier> tiers, List<String> invoices) {

    /**
     * @param amounts one for each currency; none when the coverage is unknown
     * @param estimate an invoice may still say something else
     */
    public record Sum(List<Money> amounts, Coverage coverage, boolean estimate) {

        public Sum {
            amounts = List.copyOf(amounts);
        }

        /** The currency of what is counted up while the session goes on; empty where there is not exactly one. */
        public Optional<Currency> currency() {
            return amounts.size() == 1 ? Optional.of(amounts.getFirst().currency()) : Optional.empty();
        }
    }

    /** The sum of the lines by currency: what the session costs, or of a price that is not known what is. */
    public List<Money> total() {
        var total = new LinkedHashMap<Currency, Money>();
        lines.forEach(line -> total.merge(line.amount().currency(), line.amount(), Money::plus));
        return sum.amounts().isEmpty() ? List.copyOf(total.values()) : sum.amounts();
    }

    /** How the plan takes the session. */
    public enum Coverage {
        INCLUDED,
        BILLED,
        UNKNOWN;

        public String key() {
            return "cost.coverage." + css();
        }

        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** First and last day of a billing period, in the subscription's zone. */
    public record Period(LocalDate first, LocalDate last) {}

    /**
     * A line of the price: unit price × energy + flat = amount.
     *
     * @param band the tier's bounds in kWh such as {@code 0–100}, empty where the price has none
     * @param unitPrice per kWh, in the currency of the amount
     */
    public record Line(
            Period period, String plan, String band, Energy energy, BigDecimal unitPrice, Money flat, Money amount) {}

    /**
     * The session's share of a tier of a billing period.
     *
     * @param above where the tier begins in the period's usage
     * @param upTo where it ends; empty for the last
     * @param before used of it before the session
     */
    public record Tier(Period period, Energy above, Optional<Energy> upTo, Energy before, Energy energy) {

        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /** How much the tier holds; empty for the last. */
        public Optional<Energy> size() {
            return upTo.map(end -> end.minus(above));
        }

        /** In percent of the tier, or of what is used of the last one. */
        public String beforePercent() {
            return percent(before);
        }

        public String energyPercent() {
            return percent(energy);
        }

        private String percent(Energy part) {
            var whole = size().orElseGet(() -> before.plus(energy));
            return whole.isPositive()
                    ? part.wattHours()
                            .multiply(HUNDRED)
                            .divide(whole.wattHours(), 2, RoundingMode.HALF_UP)
                            .min(HUNDRED)
                            .toPlainString()
                    : "0";
        }
    }
}
