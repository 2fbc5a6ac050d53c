package express.polaris.documents;

import express.polaris.web.Format;
import express.polaris.web.Texts;

/** What the template of the PDF gets. */
public record InvoiceDocument(Texts texts, Format format, InvoiceView invoice) {}
