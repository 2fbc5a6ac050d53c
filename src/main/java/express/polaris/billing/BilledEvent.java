package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as far as its price is concerned.
 *
 * @param measuredAt by the meter
 * @param billedAt the instant whose billing period counts: that of the reading, for a correction that of the event it
 *     corrects
 * @param held implausible, and neither the end of the session nor an operator has confirmed it
 * @param seal where it stands for ever, once an invoice has it
 */
record BilledEvent(
        SessionId session,
        int position,
        Instant measuredAt,
        Instant billedAt,
        Energy delta,
        boolean held,
        boolean isSealed,
        Optional<Seal> seal) {

    BilledEvent with(Optional<Seal> itsSeal) {
        return new BilledEvent(session, position, measuredAt, billedAt, delta, held, isSealed, itsSeal);
    }

    /**
     * The place of an event that an invoice has.
     *
     * @param before the energy that ranks before it in its period
     */
    record Seal(SubscriptionId subscription, Instant periodFrom, Energy before) {}
}
