package express.polaris.portal.account;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.invoicing.FinalInvoices;
import express.polaris.billing.statements.FinalStatements;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardReason;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes an account: erases its personal data, unlinks its cards, terminates its subscription, and invoices and states
 * it up to now. Sessions, invoices and employer statements stay, as accounting requires. Runs in one transaction.
 */
@Component
class AccountRemoval {

    private final AccountService accounts;
    private final CardService cards;
    private final CardLinkService links;
    private final FinalInvoices lastBills;
    private final FinalStatements lastStatements;
    private final NotificationService notifications;
    private final Clock clock;

    AccountRemoval(
            AccountService accounts,
            CardService cards,
            CardLinkService links,
            FinalInvoices lastBills,
            FinalStatements lastStatements,
            NotificationService notifications,
            Clock clock) {
        this.accounts = accounts;
        this.cards = cards;
        this.links = links;
        this.lastBills = lastBills;
        this.lastStatements = lastStatements;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * @throws Conflict if it is the last operator, or a card or subscription cannot end now
     */
    @Transactional
    public void remove(AccountId account) {
        var now = clock.instant();
        var before = accounts.forget(Optional.of(account), account);
        var open = cards.ofDriver(account).stream()
                .filter(card -> card.until().orElse(Instant.MAX).isAfter(now))
                .toList();
        links.hold(open);
        open.forEach(this::end);
        cards.forgetLabels(account);
        lastBills.leave(before);
        lastStatements.leave(before);
        notifications.forget(account);
    }

    private void end(EvCard card) {
        try {
            links.unlink(card.id(), Optional.empty());
        } catch (NotFound | InvalidInput e) {
            throw new Conflict(CardReason.CANNOT_END.with(card.id()));
        }
    }
}
