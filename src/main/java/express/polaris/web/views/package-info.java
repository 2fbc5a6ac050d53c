/**
 * View records that pages of portal and console share.
 *
 * <p>Owns: how a session, its cost or a charger looks in a list or as a heading. Does not own: who may see it. Times:
 * meter time, in the viewer's zone.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.web.views;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
