package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.cards.CardSessions;
import express.polaris.cards.CardState;
import express.polaris.cards.EvCard;
import express.polaris.steve.SteveOcppTag;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page of one card, {@code /operator/cards/{id}}.
 *
 * @param owners all ownerships of its idTag, the last first
 * @param history what was done to them, the last first
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
     * What SteVe says of the idTag.
     *
     * @param answers whether SteVe answers at all
     * @param known absent when SteVe has no such tag
     * @param blockOwed whether SteVe has still to be told to block it
     */
    public record Tag(boolean answers, Optional<SteveOcppTag> known, boolean expired, boolean blockOwed) {

        public boolean isBlocked() {
            return known.filter(SteveOcppTag::blocked).isPresent();
        }
    }

    /** Whose the idTag was. */
    public record Owner(EvCard card, CardState state, String driver) {}

    /** @param what in the reader's words */
    public record Done(Instant at, String actor, String what) {}

    public String href() {
        return "/operator/cards/" + card.id().value();
    }
}
