/**
 * Pages of sessions: the list, one session with its timeline and cost, the monthly overview.
 *
 * <p>Invariants: the list, its totals and its CSV describe the same sessions.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.portal.sessions;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
