/**
 * Pages of SteVe's transactions: search, one transaction, energy decision, force-close.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.transactions;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
