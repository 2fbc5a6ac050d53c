/**
 * Common parts of all pages, for portal and console.
 *
 * <p>Owns: the shell of a page, charts, static assets, error pages, rendering, view records that portal and console
 * share. Does not own: the content of a page (portal, console); texts and formats (documents); access to a page
 * (accounts). Invariants: a page is rendered completely before its first byte is sent, so that an error never
 * truncates it; nothing is loaded from another host. Times: instants, written in the viewer's zone.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "documents",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "sessions",
            "sessions::*",
            "steve",
            "sync",
            "billing",
            "billing::*",
            "attention"
        })
@NullMarked
package express.polaris.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
