package express.polaris.billing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How far one tier of the period's charge is used.
 *
 * @param above where the tier begins in the period's usage
 * @param upTo where it ends; empty for the last
 * @param energy used in it
 * @param unitPrice per kWh
 * @param flat what is owed beside unit price × kWh
 * @param amount owed so far, unrounded
 * @param isCurrent the next kWh falls into it
 */
public record TierUsage(
        Energy above,
        Optional<Energy> upTo,
        Energy energy,
        BigDecimal unitPrice,
        BigDecimal flat,
        BigDecimal amount,
        boolean isCurrent) {}
