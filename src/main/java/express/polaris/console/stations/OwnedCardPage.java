package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.stations.cards.CardSessions;
import express.polaris.stations.cards.CardState;
import express.polaris.stations.cards.EvCard;
import express.polaris.steve.SteveOcppTag;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page of a card, {@code /operator/cards/{id}}.
 *
 * @param owners all ownership intervals of its idTag, latest first
 * @param history audit entries about them, latest first
 */
public record OwnedCardPage(
        Shell shell,
        EvCard card,
        CardState state,
        Account driver,
        CardSessions used,
        Tag tag,
        List<Owner> owners,
        List<Done> history) {

    /**
     * State of the idTag in SteVe.
     *
     * @param answers whether SteVe answers
     * @param known absent if SteVe has no such idTag
     * @param blockOwed whether a block of it in SteVe is still pending
     */
    public record Tag(boolean answers, Optional<SteveOcppTag> known, boolean expired, boolean blockOwed) {

        public boolean isBlocked() {
            return known.filter(SteveOcppTag::blocked).isPresent();
        }
    }

    /** Ownership interval of the idTag. */
    public record Owner(EvCard card, CardState state, String driver) {}

    /**
     * @param what description in the reader's language
     */
    public record Done(Instant at, String actor, String what) {}

    public String href() {
        return "/operator/cards/" + card.id().value();
    }
}
