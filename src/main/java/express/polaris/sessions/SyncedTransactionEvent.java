package express.polaris.sessions;

import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The energy between two consecutive readings of a session.
 *
 * @param position place in the session, from 0
 * @param measuredFrom instant of the earlier reading, by the meter
 * @param measuredAt instant of the later reading, by the meter
 * @param delta negative only for a closing correction
 * @param powerDerived the power is computed from the two readings
 * @param soc state of charge in percent
 * @param isFinal the later reading is the session's last
 * @param syncedAt when this row was learnt, by our clock
 * @param sealedAt when an invoice took it; from then on it never changes
 */
public record SyncedTransactionEvent(
        SessionId session,
        int position,
        Instant measuredFrom,
        Instant measuredAt,
        Energy meterFrom,
        Energy meterTo,
        Energy delta,
        Optional<Power> power,
        boolean powerDerived,
        Optional<BigDecimal> soc,
        Set<ReadingFlag> flags,
        boolean isFinal,
        Instant syncedAt,
        Optional<Instant> sealedAt) {

    boolean isSealed() {
        return sealedAt.isPresent();
    }
}
