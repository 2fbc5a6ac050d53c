package express.polaris.attention;

import express.polaris.sessions.statistics.SessionConcerns;
import express.polaris.stations.cards.OwnedTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Findings about idTags without an owner. */
@Component
class TagFindings implements FindingSource {

    private static final Duration RECENT = Duration.ofDays(30);
    private static final int MOST_TAGS = 500;

    private final SessionConcerns concerns;
    private final OwnedTags ownedTags;

    TagFindings(SessionConcerns concerns, OwnedTags ownedTags) {
        this.concerns = concerns;
        this.ownedTags = ownedTags;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var tags = concerns.unlinkedTags(now.minus(RECENT), MOST_TAGS);
        var owned = ownedTags.among(
                tags.stream().map(SessionConcerns.UnlinkedTag::idTag).toList());
        return tags.stream()
                .filter(tag -> !owned.contains(tag.idTag()))
                .map(tag -> new AttentionItem(
                        tag.idTag().value(),
                        tag.sessions(),
                        Optional.of(tag.since()),
                        new Finding.UnlinkedTag(tag.idTag(), tag.sessions(), tag.energy(), tag.charging()),
                        Optional.empty()))
                .toList();
    }
}
