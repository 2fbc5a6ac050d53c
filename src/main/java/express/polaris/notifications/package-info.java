/**
 * What people are told, and in which way.
 *
 * <p>Owns: notifications in the portal and by mail, who wants which of them, the mails with links to sign in, who is invited. Does not
 * own: how a mail reaches its reader (mail), what happened (sessions, billing), the links themselves (accounts).
 * Invariants: a session's end, its full car and an invoice are told once each, whatever restarts and on however many
 * nodes; an import or a backdated link tells nobody anything. Times: what happened is timed by the meter, what is told by
 * the server's clock.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "database",
            "problems",
            "accounts",
            "cards",
            "chargers",
            "sessions",
            "billing",
            "documents",
            "mail"
        })
@NullMarked
package express.polaris.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
