package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;

/**
 * A statement was drawn up. Published within its transaction, so that mails are queued together with it.
 *
 * @param toEmployer whether a copy goes to the employer
 */
public record StatementDrawnUp(String number, AccountId driver, boolean toEmployer) {}
