package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.attention.SeenItems.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Findings that need an operator's attention. */
@Service
public class Attention {

    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final AttentionSearch search;
    private final SeenItems seen;
    private final AuditLog audit;
    private final Clock clock;

    Attention(AttentionSearch search, SeenItems seen, AuditLog audit, Clock clock) {
        this.search = search;
        this.seen = seen;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the findings that are not dismissed, most severe kind first. Lists at most 50 of a kind and
     * summarises the others of that kind in one more item.
     */
    public List<AttentionItem> items() {
        var left = new EnumMap<AttentionKind, List<AttentionItem>>(AttentionKind.class);
        for (var item : unseen()) {
            left.computeIfAbsent(item.kind(), kind -> new ArrayList<>()).add(item);
        }
        var items = new ArrayList<AttentionItem>();
        left.forEach((kind, all) -> {
            items.addAll(all.subList(0, Math.min(all.size(), FindingSource.MOST_OF_A_KIND)));
            if (all.size() > FindingSource.MOST_OF_A_KIND) {
                items.add(new AttentionItem(
                        "",
                        all.size() - FindingSource.MOST_OF_A_KIND,
                        Optional.empty(),
                        new Finding.More(kind),
                        Optional.empty()));
            }
        });
        return items;
    }

    /**
     * Dismisses items of a kind. Skips items that are gone, have changed since, or cannot be dismissed.
     *
     * @param versions the versions that the page showed, by subject
     * @return number of dismissed items
     */
    @Transactional
    public int seen(AccountId operator, AttentionKind kind, Map<String, String> versions) {
        var marked = unseen().stream()
                .filter(item -> item.kind() == kind
                        && item.version()
                                .filter(version -> version.equals(versions.get(item.subject())))
                                .isPresent())
                .toList();
        marked.forEach(item -> mark(operator, item));
        return marked.size();
    }

    @Scheduled(initialDelayString = "PT25M", fixedDelayString = "PT24H")
    void forget() {
        seen.forgetBefore(clock.instant().minus(REMEMBERED));
    }

    private void mark(AccountId operator, AttentionItem item) {
        var key = key(item);
        seen.add(key, item.version().orElseThrow(), operator, clock.instant());
        audit.record(
                Optional.of(operator),
                "attention.seen",
                key.kind() + " " + key.subject(),
                Map.of("count", item.count()));
    }

    private List<AttentionItem> unseen() {
        var versions = seen.versions();
        return search.all(clock.instant()).stream()
                .filter(item -> item.version()
                        .filter(version -> version.equals(versions.get(key(item))))
                        .isEmpty())
                .toList();
    }

    private static Key key(AttentionItem item) {
        return new Key(item.kind().wireName(), item.subject());
    }
}
