/**
 * Account numbers for exports to bookkeeping, and payments found in a bank's files.
 *
 * <p>Owns: {@code bookkeeping_accounts}, {@code revenue_accounts}, {@code bank_imports}, {@code bank_entries}. Does not
 * own: invoices and their payment (invoicing), the form of exports (documents). Invariants: an entry of a bank marks
 * invoices as paid at most once, whatever files it is in; an import is one transaction. Times: a booking date is a day
 * in the installation's time zone.
 */
@InnerPackage(mayUse = "invoicing")
@NamedInterface
@NullMarked
package express.polaris.billing.bookkeeping;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
