/**
 * The operator's pages, by subject.
 *
 * <p>Owns: the content of each page, in one view record per page; the conversion of requests; in this package, what
 * surrounds every page; the results of what operators try in the first steps. Does not own: the look that it shares with the portal (web); any rule about sessions, cards,
 * money or sync. Invariants: every path begins with {@code /operator}, which only operators may open (accounts); every
 * change names its actor in the audit log; a page is complete without scripts. Times: an instant on a page is meter or
 * sync time, as its label says, in the operator's zone.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "metering",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "sessions",
            "sessions::*",
            "sync",
            "billing",
            "billing::*",
            "documents",
            "messages",
            "messages::*",
            "attention",
            "steve",
            "web",
            "web::*"
        })
@NullMarked
package express.polaris.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
