package express.polaris.billing;

import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * One step of "why this price": amount = unit price × kWh + flat, exactly.
 *
 * @param period the part of the billing period in which the subscription was in force
 * @param planCode of the subscription's plan
 * @param band of the period's usage in kWh, e.g. "0–100"
 * @param energy negative when a correction takes energy back
 * @param unitPrice per kWh
 * @param flat what unit price × kWh does not carry: a tier's flat amount, started packages, what a volume charge
 *     re-prices; may be negative
 * @param amount unrounded
 */
public record CostLine(
        Interval period,
        String planCode,
        String band,
        Energy energy,
        BigDecimal unitPrice,
        BigDecimal flat,
        BigDecimal amount,
        Currency currency) {}
