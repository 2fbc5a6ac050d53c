/**
 * Account pages: profile, password, passkeys, devices, tokens, notifications, export and deletion.
 *
 * <p>Invariants: every change asks for the password or a passkey where it ends access elsewhere.
 */
@InnerPackage(mayUse = {".", "signin"})
@NamedInterface
@NullMarked
package express.polaris.portal.account;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
