package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.cards.CardSessions;
import express.polaris.cards.EvCard;
import express.polaris.sessions.UnownedTags.Unowned;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page that links, transfers or unlinks a card: a form, and what it would do.
 *
 * @param card that is transferred or unlinked; absent for a link
 * @param owner whose that card is
 * @param unowned the sessions of the idTag that belong to nobody
 * @param people to choose from
 * @param faults in words, by field
 */
public record CardChangePage(
        Shell shell,
        Kind kind,
        Optional<EvCard> card,
        Optional<Account> owner,
        Form form,
        Optional<Unowned> unowned,
        List<Account> people,
        Optional<Preview> preview,
        FieldFaults faults) {

    /** What is to be done; {@code key} begins the keys of its texts. */
    public enum Kind {
        LINK("tags.link"),
        TRANSFER("tags.transfer"),
        UNLINK("tags.unlink");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /**
     * As it was typed.
     *
     * @param driver an address, or the number of an account
     * @param at from when, or until when; local time in the operator's zone
     */
    public record Form(String idTag, String driver, String label, String at) {}

    /** What would be done. */
    public sealed interface Preview {

        /**
         * It can be.
         *
         * @param driver who gets the card; for an unlink whose it was
         * @param at the instant that is written when it is confirmed
         * @param attaches what the card would take
         * @param stays what stays with the driver that had it
         */
        record Possible(Account driver, Instant at, CardSessions attaches, CardSessions stays) implements Preview {}

        /** It cannot, and why. */
        record Refused(String why) implements Preview {}
    }

    public Optional<String> fault(String field) {
        return faults.at(field);
    }

    /** Where its forms go. */
    public String action() {
        return switch (kind) {
            case LINK -> "/operator/cards/link";
            case TRANSFER -> cardHref() + "/transfer";
            case UNLINK -> cardHref() + "/unlink";
        };
    }

    public String backHref() {
        return card.isPresent() ? cardHref() : "/operator/cards";
    }

    private String cardHref() {
        return "/operator/cards/" + card.orElseThrow().id().value();
    }
}
