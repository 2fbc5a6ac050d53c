package express.polaris.portal;

import express.polaris.web.Format;
import express.polaris.web.Texts;
import java.time.Instant;

/**
 * The readings of a session as a part of its page.
 *
 * @param session its id
 */
public record TimelinePart(TimelineView timeline, long session, Instant startedAt, Texts texts, Format format) {}
