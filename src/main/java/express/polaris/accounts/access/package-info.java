/**
 * Access control: which requests get through, and the security headers of every response.
 *
 * <p>Owns: the filter chains, cookies, sign-in and sign-out, CSRF protection, security headers, trusted forwarding
 * headers, the demo's guard. Does not own: accounts and password checks (accounts), the issuer (oidc), ownership of a
 * session or card (each module, which throws {@code NotFound}). Invariants: an API call is never redirected; a driver
 * gets 404 for an operator's resources, never 403; no session exists before sign-in; the signed-in account is read from
 * the database once per request. Times: the server's clock.
 */
@InnerPackage(mayUse = {".", "oidc"})
@NamedInterface
@NullMarked
package express.polaris.accounts.access;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
