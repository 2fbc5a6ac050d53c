package express.polaris.portal;

import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The page {@code /chargers/{id}} with its start form.
 *
 * @param chosen the connector that is chosen already
 * @param price empty when it is not known
 * @param own the viewer's sessions in progress at this charger
 * @param cards with which the viewer can start now
 * @param form its id: the same form starts once
 */
public record ChargerStartPage(
        Shell shell,
        ChargerCard charger,
        Optional<Integer> chosen,
        Optional<PriceNow> price,
        List<Own> own,
        List<Choice> cards,
        UUID form) {

    /** @param stoppable the viewer may stop it now */
    public record Own(SessionHead head, int connector, boolean stoppable) {}

    /** A card to start with. */
    public record Choice(long id, CardView card, String tag) {}
}
