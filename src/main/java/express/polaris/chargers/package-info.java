/**
 * Charge boxes and their connectors, and the commands start and stop with their outcome.
 *
 * <p>Owns: names, public ids, places, connector types and limits; each driver's last start per connector, the
 * starts that forms ask for. Does not own:
 * sessions, whether a connector is charging (SteVe's API has no connector state), who may stop a session. Invariants:
 * charge box ids compare without case; a charge box that was seen is never forgotten; a start that is repeated within 60
 * seconds reaches the charger once. Times: {@code requested_at} is when a start was asked for, by our clock.
 */
@ApplicationModule(allowedDependencies = {"units", "problems", "accounts", "steve", "cards"})
@NullMarked
package express.polaris.chargers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
