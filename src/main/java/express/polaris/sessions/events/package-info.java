/**
 * Writing of sessions: import of SteVe's answers, reconciliation of events, energy decisions.
 *
 * <p>Owns: the statements that write a session, its events and SteVe's last answer. Does not own: how readings become
 * events (metering), the search for sessions (sessions). Invariants: an import changes the session, its events and the
 * schedule of its next read in one transaction; importing the same answer again changes nothing; an operator's
 * decision outlasts every later import. Times: as in sessions.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.sessions.events;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
