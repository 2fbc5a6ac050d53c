package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.views.CostLineView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cost of a session with its explanation.
 *
 * @param lines lines with a price, even if the total is unknown
 * @param isSplit whether some energy was shared between two prices by time
 * @param tiers the session's share of the plan's tiers; empty if the plan has none
 * @param gaps why the total is unknown, in the reader's words
 * @param invoices numbers of the invoices that contain the session, oldest first
 */
public record CostView(
        Sum sum,
        List<CostLineView> lines,
        boolean isSplit,
        List<Tier> tiers,
        List<String> gaps,
        List<String> invoices) {

    /**
     * @param amounts one amount per currency; empty if the coverage is unknown
     * @param estimate whether an invoice may still differ
     */
    public record Sum(List<Money> amounts, Coverage coverage, boolean estimate) {

        public Sum {
            amounts = List.copyOf(amounts);
        }

        /** Currency of the running amount during a session; empty unless there is exactly one. */
        public Optional<Currency> currency() {
            return amounts.size() == 1 ? Optional.of(amounts.getFirst().currency()) : Optional.empty();
        }
    }

    /** The session's cost by currency. If it is unknown, the sum of the lines that have a price. */
    public List<Money> total() {
        var total = new LinkedHashMap<Currency, Money>();
        lines.forEach(line -> total.merge(line.amount().currency(), line.amount(), Money::plus));
        return sum.amounts().isEmpty() ? List.copyOf(total.values()) : sum.amounts();
    }

    /** Coverage of the session by the plan. */
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

    /** First and last day of a billing period in the subscription's zone. */
    public record Period(LocalDate first, LocalDate last) {}

    /**
     * The session's share of a tier in a billing period.
     *
     * @param above usage in the period at which the tier starts
     * @param upTo usage at which it ends; empty for the last tier
     * @param before usage of the tier before the session
     */
    public record Tier(Period period, Energy above, Optional<Energy> upTo, Energy before, Energy energy) {

        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /** Size of the tier; empty for the last one. */
        public Optional<Energy> size() {
            return upTo.map(end -> end.minus(above));
        }

        /** A part in percent of a tier that ends. */
        public String percent(Energy part) {
            return size().filter(Energy::isPositive)
                    .map(whole -> part.wattHours()
                            .multiply(HUNDRED)
                            .divide(whole.wattHours(), 2, RoundingMode.HALF_UP)
                            .min(HUNDRED)
                            .toPlainString())
                    .orElse("0");
        }
    }
}
