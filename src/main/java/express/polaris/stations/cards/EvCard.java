package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Ownership of an idTag by a driver.
 *
 * @param label the driver's name for it; belongs to this ownership only
 * @param colour a colour name, {@code #rgb} or {@code #rrggbb}
 * @param lostAt when it was reported lost
 */
public record EvCard(
        EvCardId id, IdTag idTag, CardOwnership ownership, String label, String colour, Optional<Instant> lostAt) {

    public AccountId driver() {
        return ownership.driver();
    }

    public Instant from() {
        return ownership.from();
    }

    public Optional<Instant> until() {
        return ownership.until();
    }

    public boolean isLost() {
        return lostAt.isPresent();
    }

    /** Whether the ownership is open, which commands require. */
    public boolean isOpenAt(Instant now) {
        return ownership.contains(now);
    }

    public CardState stateAt(Instant now) {
        if (!ownership.endsAfter(now)) {
            return CardState.ENDED;
        }
        return isLost() ? CardState.LOST : CardState.ACTIVE;
    }
}
