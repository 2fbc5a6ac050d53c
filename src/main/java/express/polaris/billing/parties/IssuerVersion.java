package express.polaris.billing.parties;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * Saved version of the issuer.
 *
 * @param reminderAfterDays days past the due day after which a driver is reminded of an unpaid invoice; empty = never
 */
public record IssuerVersion(Issuer issuer, Optional<Integer> reminderAfterDays, AccountId savedBy, Instant savedAt) {}
