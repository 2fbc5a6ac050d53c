/**
 * SteVe's REST API exactly as it answers, quirks included; of this application's ideas it uses only
 * metering's type for a sampled value.
 *
 * <p>Owns: the calls, their timeouts, sizes and circuit breaker, what an answer may look like, how SteVe does. Does not own: what a
 * reading, a session or a card is, nor when to call. Invariants: an answer that is not SteVe's own is never taken for
 * "there is none" ({@link express.polaris.steve.SteveUnavailable} instead); one bad row never spoils the others; values
 * stay the strings that SteVe sent; no message carries credentials, an idTag or a whole body. Nothing is retried here:
 * a command must not be sent twice, and whoever polls has a rhythm of its own. All times are instants by the station's
 * clock as SteVe reports them; no call asks a clock of ours, only what is known of SteVe's health does.
 */
@ApplicationModule(allowedDependencies = {"units", "metering"})
@NullMarked
package express.polaris.steve;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
