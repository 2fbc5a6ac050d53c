/**
 * Accounts: identity, roles (driver, operator) and authentication.
 *
 * <p>Owns: accounts, passwords, passkeys, API tokens, limits on tries, known browsers, the audit log, notes for
 * operators, and the rows of Spring Session as far as ending sign-ins goes. Does not own: filters and cookies ({@code
 * accounts.access}), pages (portal, console). Invariants: a change of password or role, or disabling, ends every
 * sign-in and token of the account in the same transaction; an unknown address costs the same work as a known one;
 * secrets are stored as hashes only; the audit log is append-only. Times: the server's clock; {@code timeZone} of an
 * account only affects display.
 */
@ApplicationModule(allowedDependencies = {"units", "platform", "platform::*"})
@NullMarked
package express.polaris.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
