package express.polaris.portal.stations;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.portal.CardView;
import express.polaris.web.Shell;
import express.polaris.web.views.ChargerCard;
import express.polaris.web.views.SessionHead;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Page {@code /chargers/{id}} with the start form.
 *
 * @param chosen preselected connector
 * @param price empty if unknown
 * @param discount discount of the driver's group, which comes off on the invoice
 * @param own the viewer's sessions in progress at this charger
 * @param cards cards with which the viewer can start
 * @param form id of the form, which makes posting it idempotent
 */
public record ChargerStartPage(
        Shell shell,
        ChargerCard charger,
        Optional<Integer> chosen,
        Optional<PriceNow> price,
        Optional<GroupDiscount> discount,
        List<Own> own,
        List<Choice> cards,
        UUID form) {

    /**
     * @param stoppable whether the viewer may stop it
     */
    public record Own(SessionHead head, int connector, boolean stoppable) {}

    /** Card to start with. */
    public record Choice(long id, CardView card, String tag) {}
}
