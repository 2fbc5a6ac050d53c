package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.Currency;

/** Lago charge for energy: a charge model and the currency of its amounts. */
public record Charge(ChargeModel model, Currency currency) {

    /** Returns the unrounded amount owed for this usage; zero for usage of zero or below. */
    public Money total(Energy usage) {
        return new Money(model.rate(usage), currency);
    }

    /** See {@link Rating#of}. */
    public Rating rate(Energy before, Energy slice) {
        return Rating.of(model, before, slice);
    }

    /** See {@link Rating#roundedAmount}, with the currency's fraction digits. */
    public Money roundedAmount(Energy before, Energy slice) {
        return new Money(Rating.roundedAmount(model, before, slice, currency.getDefaultFractionDigits()), currency);
    }
}
