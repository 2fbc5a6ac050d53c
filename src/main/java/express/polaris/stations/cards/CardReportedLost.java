package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;

/** A driver's first report of a card as lost. Published in the transaction that stores it. */
public record CardReportedLost(AccountId driver, EvCardId card) {}
