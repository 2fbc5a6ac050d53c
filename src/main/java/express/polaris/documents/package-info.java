/**
 * Texts and formats in every language, and the documents written with them: tables as CSV, invoices as people read them.
 *
 * <p>Owns: texts in the reader's language, how quantities and times are written, rendering of templates, tables as CSV,
 * the order and the words of an invoice's lines, the PDF. Does not own: any number on an invoice (billing), who may see
 * it (portal, console, api), the look of pages (web). Invariants: a text that people read comes from the message bundles;
 * an invoice's page and its PDF say the same; a PDF needs nothing from outside, carries its typeface and can be read
 * aloud. Times are instants, written in the reader's zone; the days of a billing period are in the subscription's zone,
 * the days of issue and due as billing has them.
 */
@ApplicationModule(allowedDependencies = {"units", "wording", "accounts", "sessions", "billing"})
@NullMarked
package express.polaris.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
