/**
 * Sign-in pages: password, e-mail link, passkey.
 *
 * <p>Invariants: an unknown address gets the same answer as a known one.
 */
@InnerPackage(mayUse = ".")
@NamedInterface
@NullMarked
package express.polaris.portal.signin;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
