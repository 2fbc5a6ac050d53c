package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionId;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * Pricing view of an event.
 *
 * @param measuredFrom time of the reading before, by the meter
 * @param measuredAt time of the meter
 * @param energy counted energy: the event's own, less what later events of its session take back, before or
 *     after sealing
 * @param held implausible, and confirmed neither by the end of the session nor by an operator
 * @param seal fixed place, once an invoice has billed the event
 */
record BilledEvent(
        SessionId session,
        int position,
        Instant measuredFrom,
        Instant measuredAt,
        Energy energy,
        boolean held,
        boolean isSealed,
        Optional<Seal> seal) {

    /**
     * Place of a sealed event.
     *
     * @param sealedAt when it was sealed
     * @param before energy that ranks before it in its period
     * @param takenBack energy taken back since it was sealed
     * @param isSettled invoices have given back the price of all energy taken back
     */
    record Seal(
            SubscriptionId subscription,
            Instant periodFrom,
            Instant sealedAt,
            Energy before,
            Energy takenBack,
            boolean isSettled) {}
}
