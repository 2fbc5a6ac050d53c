/**
 * Refusals of requests, their reasons in every language, and their answers.
 *
 * <p>Owns: the one sealed type with which every module refuses a request, and its single mapping to an answer: problem
 * details (RFC 9457) under {@code /api} and {@code /actuator}, the error page elsewhere. Does not own: the look of the
 * error page (web), authorization (accounts), the sentences of pages in {@code messages*.properties}. Invariants: a
 * missing object, another account's object and an invalid id get byte for byte the same 404; every reason has a text
 * in every language; a sentence never contains secrets or a whole idTag; no exception message reaches a browser,
 * except the sentences written for it. Times: instants.
 */
@InnerPackage(mayUse = "sql")
@NamedInterface
@NullMarked
package express.polaris.platform.refusals;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
