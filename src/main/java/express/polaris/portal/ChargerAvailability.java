package express.polaris.portal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import express.polaris.sessions.OpenConnectors;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Caches all chargers, and which of them have a session in progress, for at most two seconds. */
@Component
public class ChargerAvailability {

    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private final ChargerService chargers;
    private final OpenConnectors open;
    private final AtomicReference<Known> last = new AtomicReference<>(new Known(0, Map.of(), Set.of()));
    private final LoadingCache<Boolean, Known> kept;

    ChargerAvailability(ChargerService chargers, OpenConnectors open) {
        this.chargers = chargers;
        this.open = open;
        this.kept = Caffeine.newBuilder().expireAfterWrite(KEPT_FOR).build(key -> load());
    }

    /**
     * Cached chargers.
     *
     * @param number changes with the content and alone determines equality
     * @param chargers ordered by name
     * @param charging charge boxes with a session in progress
     */
    public record Known(long number, Map<ChargeBoxId, Charger> chargers, Set<ChargeBoxId> charging) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known known && known.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }

        public String nameOf(ChargeBoxId box) {
            return Optional.ofNullable(chargers.get(box)).map(Charger::name).orElse(box.value());
        }
    }

    public Known known() {
        return kept.get(true);
    }

    private Known load() {
        var found = new LinkedHashMap<ChargeBoxId, Charger>();
        chargers.list().forEach(charger -> found.put(charger.id(), charger));
        var charging = open.all().stream()
                .map(OpenConnectors.OpenConnector::chargeBoxId)
                .collect(Collectors.toUnmodifiableSet());
        return last.updateAndGet(before -> {
            boolean same = before.chargers().equals(found) && before.charging().equals(charging);
            return same ? before : new Known(before.number() + 1, found, charging);
        });
    }
}
