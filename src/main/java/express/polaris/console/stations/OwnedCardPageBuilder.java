package express.polaris.console.stations;

import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditLog;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.NotFound;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.SessionHistory;
import express.polaris.web.Shell;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Builds the page of a card. */
@Component
class OwnedCardPageBuilder {

    private static final int HISTORY = 100;

    private final CardService cards;
    private final SessionHistory sessions;
    private final TagReader tags;
    private final AccountService accounts;
    private final AuditLog audit;
    private final ConsolePages pages;
    private final Clock clock;

    OwnedCardPageBuilder(
            CardService cards,
            SessionHistory sessions,
            TagReader tags,
            AccountService accounts,
            AuditLog audit,
            ConsolePages pages,
            Clock clock) {
        this.cards = cards;
        this.sessions = sessions;
        this.tags = tags;
        this.accounts = accounts;
        this.audit = audit;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * @throws NotFound if there is no such card
     */
    EvCard card(long id) {
        return cards.find(new EvCardId(id)).orElseThrow(NotFound::new);
    }

    OwnedCardPage page(Shell shell, EvCard card) {
        var now = clock.instant();
        var owners = cards.ofIdTag(card.idTag());
        return new OwnedCardPage(
                shell,
                card,
                card.stateAt(now),
                accounts.find(card.driver()).orElseThrow(NotFound::new),
                sessions.sessionsOf(card.id()),
                tags.tag(card),
                owners.stream()
                        .map(owner -> new OwnedCardPage.Owner(owner, owner.stateAt(now), pages.nameOf(owner.driver())))
                        .toList(),
                history(owners, shell.texts()));
    }

    private List<OwnedCardPage.Done> history(List<EvCard> owners, Texts texts) {
        var subjects =
                owners.stream().map(owner -> "card " + owner.id().value()).toList();
        return audit.about(subjects, HISTORY).stream()
                .map(entry -> new OwnedCardPage.Done(
                        entry.at(),
                        entry.actor().map(pages::nameOf).orElseGet(() -> texts.get("tags.history.system")),
                        texts.find("tags.history." + entry.action()).orElse(entry.action()) + " · "
                                + entry.subject().replace("card ", "#")))
                .toList();
    }
}
