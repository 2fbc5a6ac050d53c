package express.polaris.portal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.chargers.Charger;
import express.polaris.chargers.Chargers;
import express.polaris.sessions.OpenConnectors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All chargers and where a charge is known to be going on, at most two seconds old. */
@Component
class Places {

    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private final Chargers chargers;
    private final OpenConnectors open;
    private final AtomicReference<Known> last = new AtomicReference<>(new Known(0, Map.of(), Set.of()));
    private final LoadingCache<Boolean, Known> kept;

    Places(Chargers chargers, OpenConnectors open) {
        this.chargers = chargers;
        this.open = open;
        this.kept = Caffeine.newBuilder().expireAfterWrite(KEPT_FOR).build(key -> load());
    }

    /**
     * What is known.
     *
     * @param number another one for other chargers; says alone whether two are equal
     * @param chargers by name
     * @param charging where somebody charges
     */
    record Known(long number, Map<ChargeBoxId, Charger> chargers, Set<ChargeBoxId> charging) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known known && known.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }

        String nameOf(ChargeBoxId box) {
            return Optional.ofNullable(chargers.get(box)).map(Charger::name).orElse(box.value());
        }
    }

    Known known() {
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
