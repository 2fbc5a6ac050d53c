/**
 * Pages of plans and subscriptions.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.plans;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
