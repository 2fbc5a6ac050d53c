package express.polaris.billing.invoicing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Price that explains the amount of an invoice line: amount = unit price × quantity + flat. It follows from what the
 * line stores, so it is the same for invoices of any age.
 *
 * @param perUnit per kWh, session or minute
 * @param isAverage whether it is an average of market prices, and rounded
 * @param flat what unit price × quantity leaves of the amount, e.g. a tier's flat amount; zero if that is one unit of the
 *     amount's last digit at most, because amounts are differences of rounded running sums
 * @param isRepriced whether the flat part has the opposite sign of the quantity, as only a volume charge does when it
 *     re-prices earlier usage
 */
public record LinePrice(BigDecimal perUnit, boolean isAverage, BigDecimal flat, boolean isRepriced) {

    private static final int AVERAGE_DECIMALS = 4;

    /** Returns the price of a line; empty for one that has no price per unit, e.g. of packages. */
    static Optional<LinePrice> of(InvoiceLine line) {
        return line.unitPrice().isPresent() ? perUnit(line, line.unitPrice().get()) : average(line);
    }

    private static Optional<LinePrice> perUnit(InvoiceLine line, BigDecimal price) {
        if (price.signum() == 0 && line.amount().signum() != 0) {
            return Optional.empty();
        }
        var quantity = line.quantity().orElse(BigDecimal.ZERO);
        var flat = line.quantity().isPresent() ? flat(line.amount(), price.multiply(quantity)) : BigDecimal.ZERO;
        return Optional.of(new LinePrice(price, false, flat, flat.signum() * quantity.signum() < 0));
    }

    private static BigDecimal flat(BigDecimal amount, BigDecimal product) {
        var rest = amount.subtract(product.setScale(amount.scale(), RoundingMode.HALF_UP));
        return rest.abs().compareTo(amount.ulp()) > 0 ? rest : BigDecimal.ZERO;
    }

    /** Energy of the period without a unit price has market prices. */
    private static Optional<LinePrice> average(InvoiceLine line) {
        return line.energy()
                .filter(energy -> line.subject() instanceof LineSubject.EnergyBand && !energy.isZero())
                .map(energy -> line.amount().divide(energy.kilowattHours(), AVERAGE_DECIMALS, RoundingMode.HALF_UP))
                .map(average -> new LinePrice(average, true, BigDecimal.ZERO, false));
    }
}
