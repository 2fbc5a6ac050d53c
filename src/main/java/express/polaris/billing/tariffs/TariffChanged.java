package express.polaris.billing.tariffs;

import java.util.Set;

/**
 * What prices depend on is about to change, in the transaction that publishes this event. The listener makes the
 * database forget the prices that may change, and holds their drivers until the transaction ends, so that no invoice is
 * drawn up meanwhile.
 *
 * @param codes codes that plans refer to
 */
public record TariffChanged(Set<String> codes) {

    public TariffChanged {
        codes = Set.copyOf(codes);
    }
}
