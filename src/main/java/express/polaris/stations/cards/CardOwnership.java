package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Ownership interval of an idTag: {@code from} is inclusive, {@code until} exclusive.
 *
 * @param until empty while no end is known; may lie in the future
 */
public record CardOwnership(AccountId driver, Instant from, Optional<Instant> until) {

    /** @throws IllegalArgumentException when it ends before it starts */
    public CardOwnership {
        if (until.isPresent() && until.get().isBefore(from)) {
            throw new IllegalArgumentException(
                    "An ownership cannot end before it starts (" + until.get() + " < " + from + ")");
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && endsAfter(instant);
    }

    boolean endsAfter(Instant instant) {
        return until.isEmpty() || instant.isBefore(until.get());
    }
}
