/**
 * Texts and formats in every language, and the documents made of them: invoices as a view, as PDF and as e-invoice, CSV.
 *
 * <p>Owns: {@code invoice_documents}, reading {@code messages*.properties}, formats of quantities and times, order and
 * wording of an invoice's lines, the PDF, the e-invoice, tables as CSV. Does not own: any number on an invoice
 * (billing), who may see it (the caller), pages (web). Invariants: page and PDF have the same content; PDF, XML and the
 * stored invoice agree to the cent; a finalized invoice's documents are made once and never change; a PDF needs no
 * external resource, embeds its fonts and works with a screen reader; every text exists in every language. Times: the
 * days of a billing period are in the subscription's zone; the days of issue and due date are billing's; the day of
 * payment is in the reader's zone; times of sessions in a PDF are in the zone that the recipient had when it was made.
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
