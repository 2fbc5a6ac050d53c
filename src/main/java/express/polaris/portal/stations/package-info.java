/**
 * Pages of chargers and cards: the list, starting a session, reporting a card lost.
 *
 * <p>Invariants: a form that is sent twice starts one session.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.portal.stations;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
