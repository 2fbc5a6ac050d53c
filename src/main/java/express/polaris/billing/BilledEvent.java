package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as far as its price is concerned.
 *
 * @param measuredAt by the meter
 * @param energy what counts of it: its energy without what later events of its session take back, before or after it was sealed
 * @param held implausible, and neither the end of the session nor an operator has confirmed it
 * @param seal where it stands for ever, once an invoice has it
 */
record BilledEvent(
        SessionId session,
        int position,
        Instant measuredAt,
        Energy energy,
        boolean held,
        boolean isSealed,
        Optional<Seal> seal) {

    /**
     * The place of an event that an invoice has.
     *
     * @param before the energy that ranks before it in its period
     * @param takenBack of its energy since it was sealed
     * @param isSettled invoices gave back the price of all of that
     */
    record Seal(SubscriptionId subscription, Instant periodFrom, Energy before, Energy takenBack, boolean isSettled) {}
}
