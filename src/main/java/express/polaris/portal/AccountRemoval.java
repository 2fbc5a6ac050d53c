package express.polaris.portal;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.billing.BillingOutcome;
import express.polaris.billing.Subscriptions;
import express.polaris.cards.CardLinks;
import express.polaris.cards.CardOutcome;
import express.polaris.cards.Cards;
import express.polaris.notifications.Notifications;
import express.polaris.problems.Conflict;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes an account: who it was is forgotten, its cards belong to nobody from now on, its plan ends. Its sessions and
 * invoices stay, as the books need them. All or nothing.
 */
@Component
class AccountRemoval {

    private static final String NO_LABEL = "–";

    private final Accounts accounts;
    private final Cards cards;
    private final CardLinks links;
    private final Subscriptions subscriptions;
    private final Notifications notifications;
    private final Clock clock;

    AccountRemoval(
            Accounts accounts,
            Cards cards,
            CardLinks links,
            Subscriptions subscriptions,
            Notifications notifications,
            Clock clock) {
        this.accounts = accounts;
        this.cards = cards;
        this.links = links;
        this.subscriptions = subscriptions;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** @throws Conflict when it is the last operator, or a card or plan cannot end now */
    @Transactional
    public void remove(AccountId account) {
        var now = clock.instant();
        accounts.forget(Optional.of(account), account);
        cards.ofDriver(account).stream()
                .filter(card -> card.until().orElse(Instant.MAX).isAfter(now))
                .forEach(card -> {
                    cards.describe(account, card.id(), Optional.of(NO_LABEL), Optional.empty());
                    if (!(links.unlink(card.id(), Optional.empty()) instanceof CardOutcome.Done)) {
                        throw new Conflict("Card " + card.id().value() + " cannot be unlinked now.");
                    }
                });
        subscriptions.of(account).stream()
                .filter(subscription ->
                        subscription.endedAt().orElse(Instant.MAX).isAfter(now))
                .forEach(subscription -> {
                    if (!(subscriptions.terminate(subscription.id(), now.toString()) instanceof BillingOutcome.Done)) {
                        throw new Conflict("Subscription " + subscription.id().value() + " cannot end now.");
                    }
                });
        notifications.forget(account);
    }
}
