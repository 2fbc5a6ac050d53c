/**
 * The truth about a charging session: its facts, its synced transaction events, its status, its owner.
 *
 * <p>Owns: {@code transaction_sync_state}, {@code synced_transaction_events}, {@code steve_answers}, {@code owed_stops},
 * {@code energy_decisions}, {@code trusted_charge_boxes}; the rule that turns two facts into a status. Does not own: how readings become events (metering), when SteVe is asked
 * (sync), what a session costs (billing). Invariants: no status is stored; the sum of a completed session's events is its
 * stop value less its start value, unless an operator decided its energy: then it is that; a sealed event never changes;
 * every change raises the revision in the same transaction.
 *
 * <p>Times: {@code measured_at}, {@code started_at}, {@code stopped_at} and {@code last_reading_at} are the meter's;
 * {@code synced_at}, {@code first_seen_at}, {@code last_read_at} and {@code updated_at} are ours.
 */
@ApplicationModule(allowedDependencies = {"units", "problems", "metering", "accounts", "cards", "chargers"})
@NullMarked
package express.polaris.sessions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
