package express.polaris.billing.pricing;

import java.util.Optional;
import java.util.Set;

/**
 * Part of a charge with a price of its own, as in Lago: what matches is counted apart from the rest. Values of one key
 * are alternatives; both keys must match.
 *
 * @param name Lago's {@code invoice_display_name}
 * @param timeBands codes of time bands; empty = at any time
 * @param chargerGroups codes of charger groups; empty = at any place
 */
public record ChargeFilter(Optional<String> name, Set<String> timeBands, Set<String> chargerGroups, ChargePrice price) {

    /** @throws IllegalArgumentException without any value */
    public ChargeFilter {
        timeBands = Set.copyOf(timeBands);
        chargerGroups = Set.copyOf(chargerGroups);
        if (timeBands.isEmpty() && chargerGroups.isEmpty()) {
            throw new IllegalArgumentException("A filter needs a time band or a charger group");
        }
    }

    /** Number of keys; of several filters that match, the one with more keys counts, then the first. */
    int keys() {
        return (timeBands.isEmpty() ? 0 : 1) + (chargerGroups.isEmpty() ? 0 : 1);
    }
}
