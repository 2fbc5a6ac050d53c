/**
 * Conversions between Java values and SQL values.
 *
 * <p>Owns: instants and other values as parameters and columns. Does not own: any statement. Invariants: {@code
 * timestamptz} columns are read and written as instants; no conversion depends on the time zone of the process. Times:
 * instants.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.platform.sql;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
