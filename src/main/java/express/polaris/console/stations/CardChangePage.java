package express.polaris.console.stations;

import express.polaris.accounts.Account;
import express.polaris.sessions.ownership.UnownedTags.Unowned;
import express.polaris.stations.cards.CardSessions;
import express.polaris.stations.cards.EvCard;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page that links, transfers or unlinks a card: the form and a preview.
 *
 * @param card card to transfer or unlink; absent for a link
 * @param owner driver who owns the card
 * @param unowned sessions of the idTag without an owner
 * @param people drivers to choose from
 * @param faults messages by field
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

    /** Kind of change; {@code key} is the prefix of its text keys. */
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
     * Form fields as typed.
     *
     * @param driver e-mail address or account id
     * @param at start of a link or transfer, end of an unlink; local time in the operator's zone
     */
    public record Form(String idTag, String driver, String label, String at) {}

    /** Result that the change would have. */
    public sealed interface Preview {

        /**
         * The change is possible.
         *
         * @param driver the card's new owner; for an unlink its previous owner
         * @param at instant that a confirmation writes
         * @param attaches sessions without an owner that the card would take
         * @param stays sessions that stay with the card that ends
         */
        record Possible(Account driver, Instant at, CardSessions attaches, CardSessions stays) implements Preview {}

        /**
         * The change is refused.
         *
         * @param why the reason, in the reader's language
         */
        record Refused(String why) implements Preview {}
    }

    public Optional<String> fault(String field) {
        return faults.at(field);
    }

    /** Path that the form posts to. */
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
