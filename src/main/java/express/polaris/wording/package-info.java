/**
 * Why a module refuses something, so that everybody can be told in their own language.
 *
 * <p>Owns: a reason by name, what is put into its sentence, and that sentence in English, which is what programs get and
 * the log has. Does not own: the sentences of pages, which stand in {@code messages*.properties} under {@link
 * express.polaris.wording.Reason#key()}; which status an answer has. Invariants: every reason has a text in every
 * language; nothing secret and no whole idTag is part of a sentence. Times in a sentence are instants.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package express.polaris.wording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
