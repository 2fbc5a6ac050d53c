/**
 * Page of the audit log.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.audit;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
