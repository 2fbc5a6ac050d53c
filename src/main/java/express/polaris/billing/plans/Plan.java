package express.polaris.billing.plans;

import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PlanInterval;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One version of a plan; immutable.
 *
 * @param version from 1, in the order in which the code was saved
 * @param fee for a whole billing period
 * @param payInAdvance the fee is due at the start of a period, not at its end
 * @param vatRate in percent
 * @param charges the price is their sum; none = energy is free
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
        List<PlanCharge> charges,
        List<String> unsupported) {

    public Plan {
        charges = List.copyOf(charges);
        unsupported = List.copyOf(unsupported);
    }

    /** Charge models of the charges for energy whose price depends on usage alone. */
    public List<ChargeModel> models() {
        return charges.stream().flatMap(charge -> charge.plainModel().stream()).toList();
    }

    /** Whether the price of energy depends on time or place. */
    public boolean isTimed() {
        return charges.stream().anyMatch(PlanCharge::isTimed);
    }

    /** Whether sessions or their minutes cost something beside energy. */
    public boolean hasFees() {
        return charges.stream().anyMatch(PlanCharge::isForSessions);
    }

    /** Whether included energy that a billing period leaves is added to that of the next one. */
    public boolean rollsOver() {
        return charges.stream().anyMatch(charge -> charge.included().rollsOver());
    }

    /** Returns this plan with included energy that the billing period before has left, by charge. */
    Plan including(List<Energy> rolledOver) {
        return new Plan(
                id,
                code,
                version,
                name,
                interval,
                fee,
                payInAdvance,
                vatRate,
                IntStream.range(0, charges.size())
                        .mapToObj(charge -> charges.get(charge).including(rolledOver.get(charge)))
                        .toList(),
                unsupported);
    }

    /** Returns the included energy that a billing period with this usage leaves for the next one, by charge. */
    List<Energy> left(Energy used) {
        return charges.stream().map(charge -> charge.left(used)).toList();
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
     * Returns the unrounded amount that the charges of {@link #models} owe for a period's running total of energy; zero
     * for a total of zero or below.
     */
    public BigDecimal owed(Energy total) {
        return models().stream().map(model -> model.rate(total)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
