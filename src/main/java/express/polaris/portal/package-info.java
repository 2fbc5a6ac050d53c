/**
 * The pages of a driver.
 *
 * <p>Owns: which page shows what, in a view record each, and how a request becomes one. Does not own: the look they share
 * (web), any rule about sessions, cards or money. Invariants: whose something is, is asked before anything else is read;
 * a page is complete without scripts. Times: an instant on a page is the meter's, written in the viewer's zone.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "settings",
            "problems",
            "accounts",
            "security",
            "cards",
            "chargers",
            "metering",
            "sessions",
            "billing",
            "documents",
            "mail",
            "notifications",
            "web"
        })
@NullMarked
package express.polaris.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
