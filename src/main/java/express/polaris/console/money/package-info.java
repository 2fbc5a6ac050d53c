/**
 * Pages of invoices, credits and monthly revenue.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.money;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
