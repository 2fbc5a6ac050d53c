package express.polaris.sync;

import express.polaris.accounts.AccountId;
import java.time.Instant;

/**
 * An operator's pause of sync: no node asks SteVe on its own until an operator resumes sync.
 *
 * @param why in the operator's words
 */
public record OperatorPause(Instant at, AccountId by, String why) {}
