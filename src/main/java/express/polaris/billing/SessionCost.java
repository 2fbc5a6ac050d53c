package express.polaris.billing;

import express.polaris.units.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a session costs.
 *
 * @param amounts unrounded, one for each currency of the plans that it lies in; none when the coverage is unknown
 * @param currency of the amount; the installation's when there is not exactly one
 * @param estimate not every event is on an invoice yet
 * @param lines what could be priced, also when the whole could not
 */
public record SessionCost(
        List<Money> amounts, Currency currency, Coverage coverage, boolean estimate, List<CostLine> lines) {

    /** @throws IllegalArgumentException when there is an amount without a price, or none with one */
    public SessionCost {
        amounts = List.copyOf(amounts);
        lines = List.copyOf(lines);
        if (amounts.isEmpty() != (coverage == Coverage.UNKNOWN)) {
            throw new IllegalArgumentException(
                    "A cost has an amount unless its coverage is unknown (" + amounts + ", " + coverage + ")");
        }
    }

    static SessionCost unknown(Currency currency, List<CostLine> lines) {
        return new SessionCost(List.of(), currency, Coverage.UNKNOWN, true, lines);
    }

    /** Unrounded; empty when the coverage is unknown, and where two currencies are not one amount. */
    public Optional<Money> amount() {
        return amounts.size() == 1 ? Optional.of(amounts.getFirst()) : Optional.empty();
    }
}
