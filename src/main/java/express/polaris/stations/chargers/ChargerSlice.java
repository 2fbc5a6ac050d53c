package express.polaris.stations.chargers;

import java.util.List;
import java.util.Optional;

/**
 * Page of chargers, ordered by charge box id.
 *
 * @param next key of the next page; empty on the last page
 */
public record ChargerSlice(List<Charger> items, Optional<ChargeBoxId> next) {
    public ChargerSlice {
        items = List.copyOf(items);
    }
}
