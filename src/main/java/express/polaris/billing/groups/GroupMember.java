package express.polaris.billing.groups;

import express.polaris.accounts.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * A driver's membership in a group.
 *
 * @param until exclusive; empty while no end is set
 */
public record GroupMember(long id, String group, AccountId driver, Instant from, Optional<Instant> until) {

    public boolean covers(Instant at) {
        return !from.isAfter(at) && until.filter(end -> !end.isAfter(at)).isEmpty();
    }

    /** Returns whether the membership is over at this instant. */
    public boolean isOver(Instant at) {
        return until.filter(end -> !end.isAfter(at)).isPresent();
    }
}
