/**
 * Sessions: their facts, events, status and owners.
 *
 * <p>Owns: {@code transaction_sync_state}, {@code synced_transaction_events}, {@code steve_answers}, {@code
 * steve_answer_chunks}, {@code owed_stops}, {@code energy_decisions}, {@code trusted_charge_boxes}; the rule for the
 * status. Does not own: when SteVe is asked (sync), costs (billing). Invariants: no status is stored; the events of a
 * completed session add up to stop value − start value, or to the decided energy if an operator decided; a vanished
 * one ends on its last reading; a sealed event never changes; every visible change raises the revision in the same
 * transaction.
 *
 * <p>Times: {@code measured_at}, {@code started_at}, {@code stopped_at} and {@code last_reading_at} are the meter's;
 * {@code synced_at}, {@code first_seen_at}, {@code last_read_at} and {@code updated_at} are the portal's.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "metering"
        })
@NullMarked
package express.polaris.sessions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
