/**
 * Refusals: what is refused, and why, so that everybody reads it in their own language.
 *
 * <p>Owns: the exceptions with which every module refuses something, reasons by name with the parts of their sentences,
 * those sentences in English, as programs get them, and the one translation into an answer: problem details (RFC 9457)
 * under {@code /api}, the error page elsewhere. Does not own: the sentences of pages, which stand in {@code
 * messages*.properties} under {@link express.polaris.problems.Reason#key()}, and how pages show them (web); who may do
 * what (security). Invariants: what is not there, not yours and not a number get byte for byte the same 404; every
 * reason has a text in every language; nothing secret and no whole idTag is part of a sentence; no other exception's
 * text reaches a browser. Times in a sentence are instants.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package express.polaris.problems;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
