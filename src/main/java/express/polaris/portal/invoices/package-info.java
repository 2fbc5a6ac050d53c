/**
 * Pages of a driver's invoices.
 *
 * <p>Invariants: page and PDF have the same content.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.portal.invoices;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
