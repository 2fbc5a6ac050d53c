package express.polaris.pricing;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.Currency;

/** What a plan asks for energy: a charge model and the currency of its amounts. */
public record Charge(ChargeModel model, Currency currency) {

    /** What this usage owes, unrounded; nothing for usage of zero or below. */
    public Money total(Energy usage) {
        return new Money(model.rate(usage), currency);
    }

    /** See {@link Rating#of}. */
    public Rating rate(Energy before, Energy slice) {
        return Rating.of(model, before, slice);
    }

    /** See {@link Rating#roundedAmount}, at the currency's own digits. */
    public Money roundedAmount(Energy before, Energy slice) {
        return new Money(Rating.roundedAmount(model, before, slice, currency.getDefaultFractionDigits()), currency);
    }
}
