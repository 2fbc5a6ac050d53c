/**
 * Figures over many sessions: totals, tallies, days, accounting, findings.
 *
 * <p>Owns: no table; reads what sessions stores. Invariants: every query uses an index or a bounded period. Times:
 * days are in the zone given by the caller.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.sessions.statistics;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
