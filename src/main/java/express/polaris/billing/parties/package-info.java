/**
 * Who bills whom: the issuer of invoices and the billing addresses of drivers.
 *
 * <p>Owns: the versions of the issuer, the drivers' billing addresses, the rules for bank accounts and tax numbers. Does
 * not own: the copies of both on an invoice (invoicing). Invariants: a saved issuer never changes, a change is a new
 * version; an invoice has its own copy of both parties. Times: those of saving are the server's.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.billing.parties;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
