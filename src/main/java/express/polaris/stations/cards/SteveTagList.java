package express.polaris.stations.cards;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveOcppTag;
import express.polaris.steve.SteveUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** All of SteVe's tags, linked or not. Cached for 15 s, because each call costs SteVe a password check. */
@Service
public class SteveTagList {

    private static final String ALL = "all";
    private static final Duration KEPT_FOR = Duration.ofSeconds(15);

    private final SteveClient steve;
    private final Cache<String, List<SteveOcppTag>> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT_FOR).build();

    SteveTagList(SteveClient steve) {
        this.steve = steve;
    }

    /**
     * @throws SteveUnavailable when SteVe gives no usable answer
     */
    public List<SteveOcppTag> all() {
        return kept.get(ALL, key -> List.copyOf(steve.tags()));
    }

    /**
     * @throws SteveUnavailable when SteVe gives no usable answer
     */
    public Optional<SteveOcppTag> find(IdTag idTag) {
        return all().stream()
                .filter(tag -> tag.idTag().equalsIgnoreCase(idTag.value()))
                .findFirst();
    }

    /** Drops the cached tags. */
    void forget() {
        kept.invalidateAll();
    }
}
