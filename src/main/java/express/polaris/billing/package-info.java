/**
 * Plans, subscriptions, the cost of a session, the usage of a billing period, invoices.
 *
 * <p>Owns: {@code plans}, {@code subscriptions}, {@code session_price}, invoices and everything they stand on; which
 * energy ranks before an event in its period. Does not own: how usage becomes an amount (pricing), the events themselves
 * (sessions). Invariants: a saved plan never changes; a driver has one subscription at a time; the sessions of a billing
 * period add up to the period's charge exactly; a sealed event keeps its place and price; what cannot be priced is
 * unknown, never a number.
 *
 * <p>Times: events are placed by the meter's {@code measured_at}; periods are a subscription's, in its own zone;
 * {@code created_at}, {@code sealed_at} and everything about an invoice's making are ours.
 */
@ApplicationModule(allowedDependencies = {"units", "problems", "settings", "accounts", "sessions", "pricing"})
@NullMarked
package express.polaris.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
