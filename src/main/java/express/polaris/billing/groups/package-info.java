/**
 * Groups of drivers, and their members over time.
 *
 * <p>Owns: {@code driver_groups}, {@code driver_group_members}. Does not own: the discount on an invoice (invoicing).
 * Invariants: a driver is in at most one group at a time, which an exclusion constraint holds. Times: a membership
 * begins and ends at instants.
 */
@InnerPackage(mayUse = "plans")
@NamedInterface
@NullMarked
package express.polaris.billing.groups;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
