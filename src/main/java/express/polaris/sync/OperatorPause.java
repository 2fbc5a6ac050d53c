package express.polaris.sync;

import express.polaris.accounts.AccountId;
import java.time.Instant;

/**
 * An operator has stopped sync: SteVe is not asked for anything by itself, on any node, until an operator resumes it.
 *
 * @param why in the operator's words
 */
public record OperatorPause(Instant at, AccountId by, String why) {}
