package express.polaris.billing.cost;

import express.polaris.units.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Cost of a session.
 *
 * @param amounts unrounded, one for each currency of its plans; none when the coverage is unknown
 * @param currency currency of the amount; the installation's currency unless there is exactly one amount
 * @param estimate whether some event is not invoiced yet, or energy was taken back from an invoiced event and its
 *     adjustment is not invoiced yet
 * @param isSplit whether some energy was split by time over a boundary of prices, in proportion to time
 * @param lines lines of everything that could be priced, even when the total is unknown
 */
public record SessionCost(
        List<Money> amounts,
        Currency currency,
        Coverage coverage,
        boolean estimate,
        boolean isSplit,
        List<CostLine> lines) {

    /**
     * @throws IllegalArgumentException when amounts are present with unknown coverage, or absent otherwise
     */
    public SessionCost {
        amounts = List.copyOf(amounts);
        lines = List.copyOf(lines);
        if (amounts.isEmpty() != (coverage == Coverage.UNKNOWN)) {
            throw new IllegalArgumentException(
                    "A cost must have an amount unless its coverage is unknown (" + amounts + ", " + coverage + ")");
        }
    }

    static SessionCost unknown(Currency currency, boolean isSplit, List<CostLine> lines) {
        return new SessionCost(List.of(), currency, Coverage.UNKNOWN, true, isSplit, lines);
    }

    /** Unrounded; empty when the coverage is unknown, and for amounts in two currencies. */
    public Optional<Money> amount() {
        return amounts.size() == 1 ? Optional.of(amounts.getFirst()) : Optional.empty();
    }
}
