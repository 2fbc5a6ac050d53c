package express.polaris.console.stations;

import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.stations.cards.Cards;
import express.polaris.stations.cards.LostCards;
import express.polaris.stations.cards.SessionHistory;
import org.springframework.stereotype.Component;

/** Data sources of a card's page. */
@Component
record CardFacts(
        Cards cards, LostCards lostCards, SessionHistory history, TagRows tags, Accounts accounts, AuditLog audit) {}
