package express.polaris.cards;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveOcppTag;
import express.polaris.steve.SteveUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** All tags that SteVe has, linked or not, as of a few seconds ago: asking costs SteVe as much as a charger's sign-in. */
@Service
public class SteveTags {

    private static final String ALL = "all";
    private static final Duration KEPT_FOR = Duration.ofSeconds(15);

    private final SteveClient steve;
    private final Cache<String, List<SteveOcppTag>> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT_FOR).build();

    SteveTags(SteveClient steve) {
        this.steve = steve;
    }

    /** @throws SteveUnavailable when there is no answer to go by */
    public List<SteveOcppTag> all() {
        return kept.get(ALL, key -> List.copyOf(steve.tags()));
    }

    /** @throws SteveUnavailable when there is no answer to go by */
    public Optional<SteveOcppTag> find(IdTag idTag) {
        return all().stream()
                .filter(tag -> tag.idTag().equalsIgnoreCase(idTag.value()))
                .findFirst();
    }

    /** What was read before is not true any more. */
    void forget() {
        kept.invalidateAll();
    }
}
