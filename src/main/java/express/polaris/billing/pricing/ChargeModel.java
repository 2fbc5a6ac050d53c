package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;

/** Converts usage to an amount of money, as in Lago. All amounts are exact, in the main unit of the plan's currency. */
public sealed interface ChargeModel permits StandardModel, GraduatedModel, VolumeModel, PackageModel {

    /**
     * The model's plain formula: the amount for this usage with nothing before it. Zero usage may owe a first
     * flat amount.
     *
     * @param usage zero or more
     */
    BigDecimal amountFor(Energy usage);

    /**
     * Explains the price of the usage between two running totals, by band: the lines' energy adds up to {@code
     * to − from} and their amounts to {@code rate(to) − rate(from)}.
     *
     * @param from zero or more
     * @param to above from
     */
    List<PriceLine> lines(Energy from, Energy to);

    /** Returns the amount owed for a running total: the plain formula above zero, and zero without usage. */
    default BigDecimal rate(Energy total) {
        return total.isPositive() ? amountFor(total) : BigDecimal.ZERO;
    }
}
