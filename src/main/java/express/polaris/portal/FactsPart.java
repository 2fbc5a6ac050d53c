package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;

/** Where, when and how a session went, as a part of its page. */
public record FactsPart(
        SessionPage.Facts facts, SessionPage.Course course, SessionPage.Totals totals, Texts texts, Format format) {}
