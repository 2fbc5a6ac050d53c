package express.polaris.portal;

import express.polaris.billing.NextPrice;
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
 * What the driver's next kWh costs, at every charger.
 *
 * @param now where the period's usage stands
 * @param plan its name
 * @param left until the price is another one; empty when it stays, or changes within that kWh
 * @param then what follows after that
 */
public record PriceNow(Rate now, Currency currency, String plan, Optional<Energy> left, Optional<Rate> then) {

    /**
     * A price.
     *
     * @param perKwh of what is not charged by packages
     * @param once the part of it that does not come again with the kWh after that
     */
    public record Rate(BigDecimal perKwh, BigDecimal once, List<NextPrice.Package> packages) {

        /** What is to be paid for what: all of them together are the price. */
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

        /** The same in one line. */
        public String words(Texts t, Format f, Currency currency) {
            return parts(t, f, currency).stream()
                    .map(part -> part.amount() + " " + part.unit())
                    .collect(Collectors.joining(" + "));
        }
    }

    /** Such as "€5.00" and "per 10 kWh begun". */
    public record Part(String amount, String unit) {}
}
