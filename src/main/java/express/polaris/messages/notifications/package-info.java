/**
 * Notifications and their channels.
 *
 * <p>Owns: notifications in the portal and by mail, the settings for them, mails with sign-in links, invitations. Does
 * not own: delivery of mail (mail); the events reported (sessions, billing); the links themselves (accounts).
 * Invariants: the end of a session, a full car and an invoice are each reported once, across restarts and nodes; an
 * import or a backdated link causes no notification. Times: an event carries meter time, its notification server time.
 */
@InnerPackage(mayUse = "mail")
@NamedInterface
@NullMarked
package express.polaris.messages.notifications;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
