package express.polaris.console;

import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.cards.Cards;
import express.polaris.cards.LostCards;
import express.polaris.cards.SessionHistory;
import org.springframework.stereotype.Component;

/** Where what the page of a card shows comes from. */
@Component
record CardFacts(
        Cards cards, LostCards lostCards, SessionHistory history, TagRows tags, Accounts accounts, AuditLog audit) {}
