package express.polaris.portal;

import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /chargers}.
 *
 * @param query what was searched for, empty for nothing
 * @param price empty when it is not known
 */
public record ChargersPage(Shell shell, String query, Optional<PriceNow> price, List<Place> places) {

    /** @param location empty for chargers without one */
    public record Place(String location, List<ChargerCard> chargers) {}
}
