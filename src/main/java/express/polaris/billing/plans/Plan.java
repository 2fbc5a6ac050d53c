package express.polaris.billing.plans;

import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.PlanInterval;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;

/**
 * One version of a plan; immutable.
 *
 * @param version from 1, in the order in which the code was saved
 * @param fee for a whole billing period
 * @param payInAdvance the fee is due at the start of a period, not at its end
 * @param vatRate in percent
 * @param models charge models for energy; the price is their sum; none = energy is free
 * @param unsupported features that change the price and are not supported; if not empty, the price of
 *     energy is unknown
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

    /** Returns whether the price of energy can be computed. */
    public boolean isSupported() {
        return unsupported.isEmpty();
    }

    /** Returns whether adjustments under this plan fit on an invoice with this currency and VAT rate. */
    public boolean isBilledWith(Currency other, BigDecimal otherVatRate) {
        return isSupported() && currency().equals(other) && vatRate.compareTo(otherVatRate) == 0;
    }

    /** The fee in the currency's smallest unit, as in Lago. */
    public BigInteger feeInCents() {
        return fee.amount()
                .movePointRight(currency().getDefaultFractionDigits())
                .toBigIntegerExact();
    }

    /**
     * Returns the unrounded amount owed for a period's running total of energy, without the fee; zero for a
     * total of zero or below.
     */
    public BigDecimal owed(Energy total) {
        return models.stream().map(model -> model.rate(total)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
