/**
 * Pages of a driver's employer statements, and of the terms for them.
 *
 * <p>Invariants: page, PDF and CSV have the same numbers. Times: a statement's are in its own zone.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.portal.statements;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
