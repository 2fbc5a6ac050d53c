/**
 * The JSON API, version 1.
 *
 * <p>Owns: its calls, how values are written in JSON, which parameters a call knows. Does not own: what the calls are about
 * (each module), who may call (security), how a refusal looks (problems). Invariants: decimals are strings, instants
 * ISO-8601 in UTC; an unknown parameter or field is refused, never ignored. Times: instants; days are in the time zone
 * of whoever asks.
 */
@ApplicationModule
@NullMarked
package express.polaris.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
