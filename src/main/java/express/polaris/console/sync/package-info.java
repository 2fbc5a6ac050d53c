/**
 * Pages of synchronization: state, runs and their errors, pause.
 */
@InnerPackage(mayUse = {".", "transactions"})
@NamedInterface
@NullMarked
package express.polaris.console.sync;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
