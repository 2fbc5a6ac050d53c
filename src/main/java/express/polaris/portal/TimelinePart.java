package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.time.Instant;

/**
 * Readings section of a session's page.
 *
 * @param session id of the session
 */
public record TimelinePart(TimelineView timeline, long session, Instant startedAt, Texts texts, Format format) {}
