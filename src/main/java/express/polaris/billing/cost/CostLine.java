package express.polaris.billing.cost;

import express.polaris.billing.pricing.Band;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * One step in the explanation of a price: amount = unit price × kWh + flat, exactly.
 *
 * @param period part of the billing period in which the subscription was in force
 * @param planCode code of the subscription's plan
 * @param band band of the period's usage
 * @param energy negative when a correction takes energy back
 * @param unitPrice per kWh
 * @param flat part not covered by unit price × kWh: a tier's flat amount, started packages, re-pricing by a
 *     volume charge; may be negative
 * @param amount unrounded
 */
public record CostLine(
        Interval period,
        String planCode,
        Band band,
        Energy energy,
        BigDecimal unitPrice,
        BigDecimal flat,
        BigDecimal amount,
        Currency currency) {}
