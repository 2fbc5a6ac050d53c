/**
 * Invoices, credits, and the job that draws them up.
 *
 * <p>Owns: {@code invoices}, {@code invoice_lines}, {@code invoice_schedule}, {@code credits}, {@code
 * period_discounts}, {@code sealed_session_usage}, sealing. Does not own: the wording of a line (documents). Invariants: the lines and net of a numbered invoice never change; it gets its
 * parties, is paid and is cancelled once each; its events, its number and its lines are written in one transaction; each
 * subscription's period is invoiced once, on any number of nodes. Times: days of issue are in the installation's time
 * zone, days of a period in the subscription's.
 */
@InnerPackage(mayUse = {"cost", "groups", "parties", "plans", "pricing"})
@NamedInterface
@NullMarked
package express.polaris.billing.invoicing;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
