package express.polaris.attention;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds everything that needs attention, whether or not it is marked as seen. */
@Component
class AttentionSearch {

    /** While SteVe is unreachable, a silent session or a missing closing reading tells nothing about the session. */
    private static final Set<AttentionKind> NEED_STEVE =
            Set.of(AttentionKind.STUCK_SESSION, AttentionKind.AWAITING_FINAL_READING);

    private final List<FindingSource> sources;

    AttentionSearch(List<FindingSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Most severe kind first; within a kind in the order of its source. */
    List<AttentionItem> all(Instant now) {
        var items =
                sources.stream().flatMap(source -> source.find(now).stream()).toList();
        boolean steveIsAway = items.stream()
                .anyMatch(item -> item.finding() instanceof Finding.SteveAway
                        || item.finding() instanceof Finding.SteveNeverReached);
        return items.stream()
                .filter(item -> !(steveIsAway && NEED_STEVE.contains(item.kind())))
                .sorted(Comparator.comparing(AttentionItem::kind))
                .toList();
    }
}
