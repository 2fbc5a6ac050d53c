/**
 * Owners of sessions: the driver whose card a session started with.
 *
 * <p>Owns: attaching sessions to ownership intervals, corrections by an operator, stops owed to lost cards. Does not
 * own: the intervals (stations). Invariants: the owner follows from the card at the session's start; an owner changes
 * together with every price that depends on it. Times: a start is meter time.
 */
@InnerPackage(mayUse = {".", "events"})
@NamedInterface
@NullMarked
package express.polaris.sessions.ownership;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
