package express.polaris.portal.sessions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;

/** Facts section of a session's page: place, times and course. */
public record FactsPart(
        SessionPage.Facts facts, SessionPage.Course course, SessionPage.Totals totals, Texts texts, Format format) {}
