package express.polaris.portal.stations;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.web.Shell;
import express.polaris.web.views.ChargerCard;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /chargers}.
 *
 * @param query search text; empty for none
 * @param price price at every charger; empty if unknown, and where prices differ between chargers
 * @param discount discount of the driver's group, which comes off on the invoice
 * @param differs whether prices differ between chargers
 */
public record ChargersPage(
        Shell shell,
        String query,
        Optional<PriceNow> price,
        boolean differs,
        Optional<GroupDiscount> discount,
        List<Place> places) {

    /**
     * @param location empty for chargers without a location
     */
    public record Place(String location, List<Entry> chargers) {}

    /**
     * @param price where prices differ between chargers; empty where the page's price holds, and if unknown
     */
    public record Entry(ChargerCard card, Optional<PriceNow> price) {}
}
