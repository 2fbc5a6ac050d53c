/**
 * Sessions as the JSON API says them, at once and as they move.
 *
 * <p>Owns: the JSON of a session, of its readings and of its cost; streams of server-sent events, who is connected, what
 * they were told last. Does not own: the facts (sessions), prices (billing), who may sign in (accounts). Invariants: no
 * change is lost between a stream's first event and those that follow; what is sent to many is computed once; a reader
 * that is slow delays nobody; a stream never outlives the sign-in or token that opened it by more than a heartbeat.
 * Times: all instants in the JSON are the meter's; heartbeats and durations to now are by our clock.
 */
@ApplicationModule(
        allowedDependencies = {"units", "problems", "accounts", "cards", "chargers", "metering", "sessions", "billing"})
@NullMarked
package express.polaris.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
