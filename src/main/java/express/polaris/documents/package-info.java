/**
 * Invoices as people read them: the same lines on a page and on paper.
 *
 * <p>Owns: the order and the words of an invoice's lines, the PDF. Does not own: any number on it (billing), who may see
 * it (whoever asks), the look of pages (web). Invariants: page and PDF say the same; a PDF needs nothing from outside,
 * carries its typeface and can be read aloud. Times: the days of a billing period are in the subscription's zone; the
 * days of issue, due and payment are as billing has them, payment in the reader's zone.
 */
@ApplicationModule(allowedDependencies = {"units", "accounts", "sessions", "billing", "web"})
@NullMarked
package express.polaris.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
