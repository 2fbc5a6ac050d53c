/**
 * Overview: what needs attention, health of the installation, undelivered mail.
 */
@InnerPackage(mayUse = {".", "sync"})
@NamedInterface
@NullMarked
package express.polaris.console.overview;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
