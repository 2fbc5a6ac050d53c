package express.polaris.portal.stations;

import express.polaris.billing.cost.NextPrice;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Price of the driver's next kWh, the same at every charger.
 *
 * @param now price at the current usage of the period
 * @param plan name of the plan
 * @param left energy left at this price; empty if the price does not change, or changes within the next kWh
 * @param then price after that
 */
public record PriceNow(Rate now, Currency currency, String plan, Optional<Energy> left, Optional<Rate> then) {

    /**
     * Price of a kWh.
     *
     * @param perKwh part of the price that is not charged by packages
     * @param once part of it that the following kWh does not have
     */
    public record Rate(BigDecimal perKwh, BigDecimal once, List<NextPrice.Package> packages) {

        /** Components of the price, which add up. */
        public List<Part> parts(Texts t, Format f, Currency currency) {
            var parts = new ArrayList<Part>();
            if (perKwh.signum() != 0 || packages.isEmpty()) {
                parts.add(new Part(f.unitPrice(perKwh, currency), t.get("price.perKwh")));
            }
            for (var part : packages) {
                parts.add(new Part(
                        f.unitPrice(part.price(), currency), t.get("price.perPackage", f.plainEnergy(part.size()))));
            }
            return parts;
        }

        /** The components in one line. */
        public String words(Texts t, Format f, Currency currency) {
            return parts(t, f, currency).stream()
                    .map(part -> part.amount() + " " + part.unit())
                    .collect(Collectors.joining(" + "));
        }
    }

    /** Component, such as "€5.00" and "per 10 kWh begun". */
    public record Part(String amount, String unit) {}
}
