/**
 * Simulated SteVe with simulated chargers: the same REST answers over real HTTP, for the demo, tests and benchmarks.
 *
 * <p>Owns: a SteVe database in memory, its HTTP answers, and the demo's chargers, cards and schedule. Does not own:
 * the client that reads SteVe, any account. Invariants: answers have the statuses, fields and field order of a
 * recorded SteVe; the demo's world is a function of its epoch, its clock and its journal, so a transaction id means
 * the same transaction after a restart. Times: a reading's timestamp is station time; a row becomes visible at SteVe's
 * time.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.demo.simulator;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
