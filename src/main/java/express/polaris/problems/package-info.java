/**
 * What is refused, why, and how the refusal is said.
 *
 * <p>Owns: the exceptions with which every module refuses something, and their one translation into an answer: problem
 * details (RFC 9457) under {@code /api}, the error page elsewhere. Does not own: the look of the error page (web), who
 * may do what (security). Invariants: what is not there, not yours and not a number get byte for byte the same 404; no
 * exception's text reaches a browser, but for the sentences written for it in these types. It knows no times.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package express.polaris.problems;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
