/**
 * People: who they are, what they may be (driver, operator), and how they prove it.
 *
 * <p>Owns: accounts, passwords, passkeys, API tokens, the limit on tries, known browsers, the audit log, what operators are told, and
 * the rows of Spring Session as far as ending sign-ins goes. Does not own: cookies, filters and pages (security, portal,
 * console). Invariants: a change of password or role, or disabling, ends every sign-in and token of the account in its own
 * transaction; an unknown address costs the same work as a known one; secrets are kept as hashes only; the audit log
 * only grows. Times: all are the server's clock; {@code timeZone} of an account only says how times are shown to it.
 */
@ApplicationModule(allowedDependencies = {"units", "database", "settings", "problems"})
@NullMarked
package express.polaris.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
