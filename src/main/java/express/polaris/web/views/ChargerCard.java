package express.polaris.web.views;

import express.polaris.stations.chargers.Charger;
import express.polaris.units.Power;
import express.polaris.web.PathId;
import java.util.List;
import java.util.Optional;

/**
 * Charger as drivers choose it.
 *
 * @param href its page
 * @param name name of the charger, or the charge box id
 * @param publicId id printed on the charger
 * @param location empty if not set
 * @param charging whether a session is known to be in progress; false does not imply that it is free
 */
public record ChargerCard(
        String href, String name, Optional<String> publicId, String location, boolean charging, List<Plug> plugs) {

    /** Page of a charger for drivers. */
    public static String href(Charger charger) {
        return PathId.under("/chargers", charger.driversId());
    }

    /**
     * Connector.
     *
     * @param type type as in the API, such as {@code type2}
     * @param limit maximum power
     */
    public record Plug(int id, Optional<String> type, Optional<Power> limit, boolean charging) {}

    /** Whether all connectors are known to be charging. */
    public boolean fullyCharging() {
        return charging && plugs.stream().allMatch(Plug::charging);
    }

    /** The first connector that is not known to be charging. */
    public Optional<Integer> proposed() {
        return plugs.stream().filter(plug -> !plug.charging()).map(Plug::id).findFirst();
    }
}
