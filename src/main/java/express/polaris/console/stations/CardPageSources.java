package express.polaris.console.stations;

import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditLog;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.LostCardService;
import express.polaris.stations.cards.SessionHistory;
import org.springframework.stereotype.Component;

/** Services that the page of a card reads. */
@Component
record CardPageSources(
        CardService cards,
        LostCardService lostCards,
        SessionHistory history,
        TagRowReader tags,
        AccountService accounts,
        AuditLog audit) {}
