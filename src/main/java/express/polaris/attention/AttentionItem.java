package express.polaris.attention;

import java.time.Instant;
import java.util.Optional;

/**
 * A finding in the list of what needs attention.
 *
 * @param subject what it is about: an id, an idTag, a code; with the kind it names the item. Empty where there is one alone
 * @param count how many sessions, errors or subscriptions it stands for
 * @param since when it began; empty where nobody knows
 * @param version of what can be marked as seen: another one when there is something new about it. Empty for what stays
 *     until it is mended
 */
public record AttentionItem(
        String subject, long count, Optional<Instant> since, Finding finding, Optional<String> version) {

    public AttentionKind kind() {
        return finding.kind();
    }

    /** Whether an operator can say that they have seen it. */
    public boolean canBeSeen() {
        return version.isPresent();
    }
}
