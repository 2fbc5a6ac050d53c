/**
 * The operator's pages.
 *
 * <p>Owns: which page shows what to an operator, in a view record each, and how a request becomes one. Does not own: the
 * look it shares with the portal (web), any rule about sessions, cards, money or sync. Invariants: every address begins
 * with {@code /operator}, which the gate opens to operators alone; what changes something names who did it in the audit
 * log; a page is complete without scripts. Times: an instant on a page is the meter's or sync's, as its label says,
 * written in the operator's zone.
 */
@ApplicationModule
@NullMarked
package express.polaris.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
