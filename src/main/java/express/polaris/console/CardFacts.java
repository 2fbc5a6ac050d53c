package express.polaris.console;

import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.cards.Cards;
import express.polaris.cards.ChargeHistory;
import express.polaris.cards.LostCards;
import org.springframework.stereotype.Component;

/** Where what the page of a card shows comes from. */
@Component
record CardFacts(
        Cards cards, LostCards lostCards, ChargeHistory charges, TagRows tags, Accounts accounts, AuditLog audit) {}
