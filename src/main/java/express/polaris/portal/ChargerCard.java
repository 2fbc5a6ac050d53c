package express.polaris.portal;

import express.polaris.chargers.Charger;
import express.polaris.units.Power;
import express.polaris.web.PathId;
import java.util.List;
import java.util.Optional;

/**
 * A charger as drivers choose it.
 *
 * @param href of its own page
 * @param name the charge box id where nobody gave another
 * @param publicId what stands on the charger
 * @param location empty when not given
 * @param charging a charge is known to go on; that none is known does not mean it is free
 */
public record ChargerCard(
        String href, String name, Optional<String> publicId, String location, boolean charging, List<Plug> plugs) {

    /** Where drivers find a charger. */
    public static String href(Charger charger) {
        return PathId.under("/chargers", charger.driversId());
    }

    /**
     * A connector.
     *
     * @param type as the API names it, such as {@code type2}
     * @param limit the most it gives
     */
    public record Plug(int id, Optional<String> type, Optional<Power> limit, boolean charging) {

        /** As the key of its text. */
        public String typeKey() {
            return "connector."
                    + type.orElse("").toLowerCase(java.util.Locale.ROOT).replace(" ", "");
        }
    }

    /** Whether all of its connectors are known to charge. */
    public boolean fullyCharging() {
        return charging && plugs.stream().allMatch(Plug::charging);
    }

    /** The connector to propose: the first where no charge is known. */
    public Optional<Integer> proposed() {
        return plugs.stream().filter(plug -> !plug.charging()).map(Plug::id).findFirst();
    }
}
