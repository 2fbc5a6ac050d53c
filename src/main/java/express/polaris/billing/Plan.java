package express.polaris.billing;

import express.polaris.pricing.ChargeModel;
import express.polaris.pricing.PlanInterval;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;

/**
 * One version of a plan; it never changes.
 *
 * @param version from 1, in the order in which the code was saved
 * @param fee for a whole billing period
 * @param payInAdvance the fee is owed when a period begins, not when it ends
 * @param vatRate in percent
 * @param models what energy costs: the sum of all of them; none = nothing
 * @param unsupported what changes the price and is not computed here; not empty = the price of energy is unknown
 */
public record Plan(
        PlanId id,
        String code,
        int version,
        String name,
        PlanInterval interval,
        Money fee,
        boolean payInAdvance,
        BigDecimal vatRate,
        List<ChargeModel> models,
        List<String> unsupported) {

    public Plan {
        models = List.copyOf(models);
        unsupported = List.copyOf(unsupported);
    }

    public Currency currency() {
        return fee.currency();
    }

    /** Whether what energy costs can be computed. */
    public boolean isSupported() {
        return unsupported.isEmpty();
    }

    /** Whether what arrives late under it can be on an invoice of this currency and VAT rate. */
    boolean isBilledWith(Currency other, BigDecimal otherVatRate) {
        return isSupported() && currency().equals(other) && vatRate.compareTo(otherVatRate) == 0;
    }

    /** The fee in the currency's smallest unit, as Lago writes it. */
    public BigInteger feeInCents() {
        return fee.amount()
                .movePointRight(currency().getDefaultFractionDigits())
                .toBigIntegerExact();
    }

    /** What a period's running total of energy owes, unrounded, without the fee; nothing for a total of zero or below. */
    public BigDecimal owed(Energy total) {
        return models.stream().map(model -> model.rate(total)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
