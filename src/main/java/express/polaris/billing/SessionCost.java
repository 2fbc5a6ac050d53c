package express.polaris.billing;

import express.polaris.units.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a session costs.
 *
 * @param amount unrounded; empty when the coverage is unknown
 * @param currency of the amount; the installation's when nothing says otherwise
 * @param estimate not every event is on an invoice yet
 * @param lines what could be priced, also when the whole could not
 */
public record SessionCost(
        Optional<Money> amount, Currency currency, Coverage coverage, boolean estimate, List<CostLine> lines) {

    /** @throws IllegalArgumentException when there is an amount without a price, or none with one */
    public SessionCost {
        lines = List.copyOf(lines);
        if (amount.isPresent() != (coverage != Coverage.UNKNOWN)) {
            throw new IllegalArgumentException(
                    "A cost has an amount unless its coverage is unknown (" + amount + ", " + coverage + ")");
        }
    }

    static SessionCost unknown(Currency currency, List<CostLine> lines) {
        return new SessionCost(Optional.empty(), currency, Coverage.UNKNOWN, true, lines);
    }

    /** As it is displayed: half up at the currency's own digits. */
    public Optional<Money> rounded() {
        return amount.map(Money::rounded);
    }
}
