package express.polaris.chargers;

import express.polaris.cards.EvCardId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A start as a driver sent it from a form.
 *
 * @param id came with the form
 * @param connector empty where the charger chooses
 * @param requestedAt by our clock
 * @param answer empty while it is under way
 */
public record StartRequest(
        UUID id,
        ChargeBoxId chargeBox,
        Optional<Integer> connector,
        EvCardId card,
        Instant requestedAt,
        Optional<Answer> answer) {

    /** What came of it. */
    public enum Answer {
        ACCEPTED,
        REJECTED,
        UNREACHABLE,
        TIMEOUT,
        /** SteVe does not accept the card's idTag. */
        CARD_REFUSED,
        STEVE_DOWN
    }
}
