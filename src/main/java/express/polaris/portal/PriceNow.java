package express.polaris.portal;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * What the driver's next kWh costs, at every charger.
 *
 * @param unitPrice per kWh in the tier that the period's usage has reached
 * @param plan its name
 * @param left until the tier is full; empty in the last
 * @param then per kWh in the tier after it
 */
public record PriceNow(
        BigDecimal unitPrice, Currency currency, String plan, Optional<Energy> left, Optional<BigDecimal> then) {}
