/**
 * Pages of charge boxes and EV cards: lists, links, imports, labels.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.console.stations;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
