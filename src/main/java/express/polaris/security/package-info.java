/**
 * The gate: who gets through to which page or call, and what every answer carries for its own safety.
 *
 * <p>Owns: the filter chains, cookies, signing in and out, CSRF protection, security headers, which forwarding headers are
 * believed, the demo's guard. Does not own: who people are and whether a password is right (accounts), whose session or
 * card something is (each module, which throws {@code NotFound}). Invariants: an API call is never redirected; a driver
 * gets a 404 where an operator's things are, never a 403; no session exists before somebody signs in; who is signed in
 * is read from the database once per request. Times: the server's clock.
 */
@ApplicationModule(allowedDependencies = {"accounts", "problems", "settings"})
@NullMarked
package express.polaris.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
