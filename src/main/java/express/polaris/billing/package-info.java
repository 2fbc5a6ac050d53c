/**
 * Plans, subscriptions, session costs, usage of billing periods, and invoices.
 *
 * <p>Owns: {@code plans}, {@code subscriptions}, {@code session_price}, invoices and their tables; the
 * ranking of energy within a billing period. Does not own: how usage becomes an amount (pricing), the
 * events (sessions). Invariants: a saved plan never changes; a driver has at most one subscription at a
 * time; the sessions of a billing period add up to the period's charge exactly; a sealed event keeps its
 * place and price; what cannot be priced is unknown, never a number.
 *
 * <p>Times: events are placed by the meter's {@code measured_at}; billing periods are in the subscription's
 * time zone; {@code created_at}, {@code sealed_at} and all times of invoicing are the server's.
 */
@ApplicationModule(allowedDependencies = {"units", "problems", "settings", "accounts", "sessions", "pricing"})
@NullMarked
package express.polaris.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
