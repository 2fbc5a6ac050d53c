package express.polaris.cards;

import express.polaris.accounts.AccountId;

/** A driver reported a card lost that was not lost before. Published in the transaction that stores it. */
public record CardReportedLost(AccountId driver, EvCardId card) {}
