/**
 * What every page has in common, for portal and console alike.
 *
 * <p>Owns: the shell of a page, charts, static assets, error pages, responses with HTML. Does not own: what a page says
 * (portal, console), texts and formats (documents), who may see it (accounts). Invariants: a page is rendered as a whole
 * before its first byte is sent, so a fault never cuts it off; nothing is loaded from another host. Times are instants,
 * written in the viewer's zone.
 */
@ApplicationModule(allowedDependencies = {"units", "problems"})
@NullMarked
package express.polaris.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
