package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import java.time.Instant;

/**
 * The readings of a session as a part of its page.
 *
 * @param session its id
 */
public record TimelinePart(TimelineView timeline, long session, Instant startedAt, Texts texts, Format format) {}
