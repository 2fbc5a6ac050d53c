package express.polaris.attention;

import express.polaris.sessions.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Entry in the attention list: a finding and what identifies it.
 *
 * @param subject what the finding is about: an id, an idTag, a code. Identifies the item within its kind; empty when
 *     the kind has only one item
 * @param count number of sessions, errors or subscriptions it covers
 * @param since when it began; empty when unknown
 * @param version version of an item that can be dismissed; changes when there is something new about it. Empty
 *     for an item that stays until it is resolved
 */
public record AttentionItem(
        String subject, long count, Optional<Instant> since, Finding finding, Optional<String> version) {

    /** Item about one session, which counts once. */
    static AttentionItem about(SessionId session, Optional<Instant> since, Finding finding, Optional<String> version) {
        return new AttentionItem(session.toString(), 1, since, finding, version);
    }

    public AttentionKind kind() {
        return finding.kind();
    }

    /** Whether an operator can dismiss the item. */
    public boolean canBeSeen() {
        return version.isPresent();
    }
}
