package express.polaris.chargers;

import java.util.List;
import java.util.Optional;

/**
 * Some chargers by their charge box id.
 *
 * @param next where the next page begins; empty on the last page
 */
public record ChargerPage(List<Charger> items, Optional<ChargeBoxId> next) {
    public ChargerPage {
        items = List.copyOf(items);
    }
}
