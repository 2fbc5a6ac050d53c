/**
 * The driver's pages.
 *
 * <p>Owns: which page shows what, a controller and a view record per page. Does not own: the facts (sessions, billing,
 * cards, chargers), the look (web and the templates). Invariants: a record holds exactly what its page shows; ownership
 * is checked before anything else is read; what is not there and what is somebody else's get the same answer. Times are
 * the meter's, written in the viewer's zone.
 */
@ApplicationModule(allowedDependencies = {"units", "web"})
@NullMarked
package express.polaris.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
