/**
 * A driver's pages.
 *
 * <p>Owns: the content of each page, in one view record per page; the conversion of requests; in this package, what
 * surrounds every page. Does not own: the shared look (web); any rule about sessions, cards or money. Invariants:
 * ownership is checked before anything else is read; a page is complete without scripts. Times: an instant on a page
 * is meter time, in the viewer's zone.
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
            "billing",
            "billing::*",
            "documents",
            "messages",
            "messages::*",
            "web",
            "web::*"
        })
@NullMarked
package express.polaris.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
