/**
 * What every page has in common, for portal and console alike.
 *
 * <p>Owns: the shell of a page, texts in the viewer's language, how quantities and times are written, static assets,
 * error pages, rendering. Does not own: what a page says (portal, console), who may see it (accounts). Invariants: a page
 * is rendered as a whole before its first byte is sent, so a fault never cuts it off; a text a viewer reads comes from
 * the message bundles; nothing is loaded from another host. Times are instants, written in the viewer's zone.
 */
@ApplicationModule(allowedDependencies = {"units"})
@NullMarked
package express.polaris.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
