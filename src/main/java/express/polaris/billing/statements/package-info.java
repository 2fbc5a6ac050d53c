/**
 * Statements of energy that a driver charged at home, for the driver's employer.
 *
 * <p>Owns: the terms of reimbursement ({@code reimbursement_terms}, {@code reimbursement_rates}, {@code home_marks}),
 * {@code statements} with their lines and PDF. Does not own: the wording, PDF and CSV (documents), the mails
 * (messages). Invariants: a statement never changes, and numbers have no gaps; a month has one statement and then only
 * corrections; all of them together add up to rate × exact energy, rounded once; a session stays in the month of its
 * first statement. Times: months, and days of rates, are in the driver's time zone.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.billing.statements;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
