package express.polaris.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;

/** How usage becomes an amount of money, as in Lago. All amounts are exact, in the main unit of the plan's currency. */
public sealed interface ChargeModel permits StandardModel, GraduatedModel, VolumeModel, PackageModel {

    /**
     * The model's bare formula: the amount for this usage and nothing before it. Zero usage may owe a first flat amount.
     *
     * @param usage zero or more
     */
    BigDecimal amountFor(Energy usage);

    /**
     * How the usage between two running totals comes to its price, by band: the lines' energy adds up to
     * {@code to − from} and their amounts to {@code rate(to) − rate(from)}.
     *
     * @param from zero or more
     * @param to above from
     */
    List<PriceLine> lines(Energy from, Energy to);

    /** What a running total owes: the bare formula above zero, and nothing without usage. */
    default BigDecimal rate(Energy total) {
        return total.isPositive() ? amountFor(total) : BigDecimal.ZERO;
    }
}
