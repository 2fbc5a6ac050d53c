package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import java.util.Optional;

/** Filter for an operator's list of cards; an empty component does not restrict. */
public record CardFilter(Optional<IdTag> idTag, Optional<AccountId> driver, Optional<CardState> state) {

    public static CardFilter all() {
        return new CardFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
