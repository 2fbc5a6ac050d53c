package express.polaris.billing.tariffs;

import express.polaris.stations.chargers.ChargeBoxId;
import java.util.List;

/**
 * Charge boxes with a price of their own.
 *
 * @param members charge boxes that belong to the group now, by id
 */
public record ChargerGroup(String code, String name, List<ChargeBoxId> members) {

    public ChargerGroup {
        members = List.copyOf(members);
    }
}
