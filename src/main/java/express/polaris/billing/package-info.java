/**
 * Plans, subscriptions, session costs, usage of billing periods, and invoices.
 *
 * <p>Owns: {@code plans}, {@code subscriptions}, {@code session_price}, invoices and their tables; the ranking of
 * energy within a billing period; in this package, findings and metrics. Does not own: the events (sessions).
 * Invariants: a saved plan never changes; a driver has at most one subscription at a time; the costs of the sessions
 * in a billing period add up to the period's amount exactly; a sealed event keeps its place and price; what cannot be
 * priced is unknown, never a number.
 *
 * <p>Times: events are placed by the meter's {@code measured_at}; billing periods are in the subscription's time zone;
 * {@code created_at}, {@code sealed_at} and all times of invoicing are the server's.
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
            "sessions",
            "sessions::*"
        })
@NullMarked
package express.polaris.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
