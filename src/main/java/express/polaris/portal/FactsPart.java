package express.polaris.portal;

import express.polaris.web.Format;
import express.polaris.web.Texts;

/** Where, when and how a session went, as a part of its page. */
public record FactsPart(
        SessionPage.Facts facts, SessionPage.Course course, SessionPage.Totals totals, Texts texts, Format format) {}
