/**
 * Single sign-on: OpenID Connect with the issuer of the settings (OpenID Connect Core 1.0, Discovery 1.0, RP-Initiated
 * Logout 1.0, Back-Channel Logout 1.0). Spring Security does the protocol.
 *
 * <p>Owns: requests to the issuer, checks of its tokens, the sign-ins that came from it and when it last confirmed them.
 * Does not own: which account a person has and its role (accounts), cookies and redirects (access). Invariants: the
 * issuer is asked only when somebody signs in, goes on after 20 minutes, or signs out, never at the start; a sign-in that it
 * has not confirmed for an hour does not hold; its tokens are stored sealed only. Times: the server's clock.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.accounts.oidc;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
