package express.polaris.console;

import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.cards.Cards;
import express.polaris.cards.LostCards;
import express.polaris.cards.SessionHistory;
import org.springframework.stereotype.Component;

/** Data sources of a card's page. */
@Component
record CardFacts(
        Cards cards, LostCards lostCards, SessionHistory history, TagRows tags, Accounts accounts, AuditLog audit) {}
