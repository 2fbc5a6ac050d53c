package express.polaris.portal.sessions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.TimelineView;
import java.time.Instant;

/**
 * Readings section of a session's page.
 *
 * @param session id of the session
 */
public record TimelinePart(TimelineView timeline, long session, Instant startedAt, Texts texts, Format format) {}
