/**
 * Texts and formats in every language, and the documents made of them: invoices as a view and as PDF, CSV.
 *
 * <p>Owns: reading {@code messages*.properties}, formats of quantities and times, order and wording of an invoice's
 * lines, the PDF, tables as CSV. Does not own: any number on an invoice (billing), who may see it (the caller), pages
 * (web). Invariants: page and PDF have the same content; a PDF needs no external resource, embeds its fonts and works
 * with a screen reader; every text exists in every language. Times: the days of a billing period are in the
 * subscription's zone; the days of issue and due date are billing's; the day of payment is in the reader's zone.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "accounts",
            "accounts::*",
            "sessions",
            "sessions::*",
            "billing",
            "billing::*"
        })
@NullMarked
package express.polaris.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
