package express.polaris.stations.chargers;

import express.polaris.stations.cards.EvCardId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Remote-start request from a form.
 *
 * @param id id of the form
 * @param connector empty if the charger chooses
 * @param requestedAt server time
 * @param answer empty while in progress
 */
public record StartRequest(
        UUID id,
        ChargeBoxId chargeBox,
        Optional<Integer> connector,
        EvCardId card,
        Instant requestedAt,
        Optional<Answer> answer) {

    /** Result of the request. */
    public enum Answer {
        ACCEPTED,
        REJECTED,
        UNREACHABLE,
        TIMEOUT,
        /** SteVe does not accept the card's idTag, or the card or charger ceased to be usable after the check. */
        CARD_REFUSED,
        STEVE_DOWN
    }
}
