/**
 * Client of SteVe's REST API, true to SteVe's behaviour including its quirks, and without concepts of the portal.
 *
 * <p>Owns: the calls, their timeouts, size limits and circuit breakers, the format of answers, the health of SteVe.
 * Does not own: the meaning of readings, sessions and cards; when to call. Invariants: an answer that is not SteVe's
 * own is never taken for "not found" ({@link express.polaris.steve.SteveUnavailable} instead); one bad row never
 * spoils the others; values stay the strings that SteVe sent; no message contains credentials, an idTag or a whole
 * body; calls are never retried, because a command must not be sent twice and pollers have their own rhythm. Times:
 * instants are station time as SteVe reports them; only the health of SteVe uses the server's clock.
 */
@ApplicationModule(allowedDependencies = {"units", "platform", "platform::*", "metering"})
@NullMarked
package express.polaris.steve;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
