package express.polaris.documents;

import express.polaris.units.Money;

/** Says the part of an amount that unit price × quantity does not cover. */
public record FlatWords(Texts texts, Format format) {

    /**
     * Returns the part with its sign, to follow a unit price: "+ €5.00 flat".
     *
     * @param flat not zero
     * @param isRepriced whether it is the re-pricing of earlier usage by a volume charge
     */
    public String of(Money flat, boolean isRepriced) {
        var amount = format.unitPrice(flat.amount().abs().stripTrailingZeros(), flat.currency());
        return (flat.amount().signum() < 0 ? "− " : "+ ")
                + texts.get(isRepriced ? "cost.repriced" : "cost.flatAmount", amount);
    }
}
