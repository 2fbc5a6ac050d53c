package express.polaris.billing.cost;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Usage of one tier of the period's charges.
 *
 * @param above lower bound of the tier in the period's usage
 * @param upTo upper bound; empty for the last tier
 * @param energy energy in the tier
 * @param unitPrice per kWh
 * @param flat amount owed in addition to unit price × kWh
 * @param amount owed so far, unrounded
 * @param isCurrent the next kWh falls into it
 * @param name of the time band, place or price series; empty for energy at any time and place
 */
public record TierUsage(
        Energy above,
        Optional<Energy> upTo,
        Energy energy,
        BigDecimal unitPrice,
        BigDecimal flat,
        BigDecimal amount,
        boolean isCurrent,
        Optional<String> name) {

    /** Tier of energy at any time and place. */
    TierUsage(
            Energy above,
            Optional<Energy> upTo,
            Energy energy,
            BigDecimal unitPrice,
            BigDecimal flat,
            BigDecimal amount,
            boolean isCurrent) {
        this(above, upTo, energy, unitPrice, flat, amount, isCurrent, Optional.empty());
    }
}
