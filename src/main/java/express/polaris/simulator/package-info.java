/**
 * A stand-in for SteVe: the same REST answers over real HTTP, with simulated chargers behind them. For the first run
 * (demo) and for tests and benchmarks.
 *
 * <p>Owns: a SteVe database in memory, its HTTP answers, and the demo's chargers, cards and schedule. Does not own: how
 * the portal reads SteVe, nor any account. Invariants: answers have the statuses, fields and field order of a recorded
 * SteVe; the demo's world is a function of its epoch, its clock and its journal, so that a transaction id means the same
 * transaction after a restart. Its times: a reading's timestamp is the station's; when a row becomes visible is SteVe's.
 */
@ApplicationModule(allowedDependencies = {"units"})
@NullMarked
package express.polaris.simulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
