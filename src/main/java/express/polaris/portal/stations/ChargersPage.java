package express.polaris.portal.stations;

import express.polaris.web.Shell;
import express.polaris.web.views.ChargerCard;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /chargers}.
 *
 * @param query search text; empty for none
 * @param price empty if unknown
 */
public record ChargersPage(Shell shell, String query, Optional<PriceNow> price, List<Place> places) {

    /**
     * @param location empty for chargers without a location
     */
    public record Place(String location, List<ChargerCard> chargers) {}
}
