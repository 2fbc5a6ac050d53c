package express.polaris.stations.chargers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.PlainText;
import express.polaris.units.Power;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Charge boxes that appeared in a transaction or that an operator added. */
@Service
public class ChargerService {

    private static final int HIGHEST_CONNECTOR = 1000;
    /** How long a connector counts as stored without a query; another node may remove it meanwhile. */
    private static final Duration TRUSTED_FOR = Duration.ofMinutes(10);

    /** Maximum age of a cached charger that another node has changed. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private static final int KEPT = 2_000;

    private record SeenConnector(ChargeBoxId id, int connectorId) {}

    private final ChargerRepository chargers;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ConcurrentMap<SeenConnector, Instant> stored = new ConcurrentHashMap<>();
    private final Cache<ChargeBoxId, Optional<Charger>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();

    ChargerService(ChargerRepository chargers, PlatformTransactionManager transactions, Clock clock) {
        this.chargers = chargers;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /**
     * Stores a charge box and connector that a transaction names, unless known; does not change what an operator
     * entered. Cheap when repeated. Joins the caller's transaction, if any.
     */
    public void seen(ChargeBoxId id, int connectorId, Instant now) {
        var connector = new SeenConnector(id, connectorId);
        var known = Optional.ofNullable(stored.get(connector));
        if (known.filter(since -> now.isBefore(since.plus(TRUSTED_FOR))).isPresent()) {
            return;
        }
        chargers.insertIfAbsent(id, now);
        if (connectorId >= 1 && connectorId <= HIGHEST_CONNECTOR) {
            chargers.insertConnectorIfAbsent(id, connectorId);
        }
        afterCommit(() -> {
            stored.put(connector, now);
            kept.invalidate(id);
        });
    }

    /** Up to two seconds out of date when another node changed it. */
    public Optional<Charger> find(ChargeBoxId id) {
        return kept.get(id, chargers::find);
    }

    /** Finds by public id, else by charge box id. */
    public Optional<Charger> findByAnyId(String id) {
        return id.isBlank() || id.length() > ChargeBoxId.LONGEST || !PlainText.isPrintable(id)
                ? Optional.empty()
                : chargers.findByPublicId(id).or(() -> ChargeBoxId.parse(id).flatMap(this::find));
    }

    /** All chargers, ordered by name. */
    public List<Charger> list() {
        return chargers.list();
    }

    /**
     * Page of chargers, ordered by charge box id; additions do not shift the pages.
     *
     * @param limit at least 1
     * @param after {@link ChargerSlice#next()} of the previous page
     */
    public ChargerSlice page(int limit, Optional<ChargeBoxId> after) {
        var found = chargers.page(limit + 1, after);
        if (found.size() <= limit) {
            return new ChargerSlice(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new ChargerSlice(items, Optional.of(items.getLast().id()));
    }

    /** Maximum power of the connector, if an operator has entered it. */
    public Optional<Power> limitOf(ChargeBoxId id, int connectorId) {
        return chargers.limitOf(id, connectorId);
    }

    /**
     * A charger as stored from an operator's description.
     *
     * @param created whether the charge box was unknown before
     */
    public record Stored(Charger charger, boolean created) {}

    /**
     * For operators: stores the description of a charge box and adds the charge box if it is unknown.
     *
     * @throws InvalidInput with all faults
     * @throws Conflict if another charger has that public id
     */
    public Stored put(ChargeBoxId id, ChargerEdit edit) {
        edit.faults().throwIfAny();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                boolean created = chargers.insertIfAbsent(id, clock.instant());
                chargers.update(id, edit.name(), edit.publicId(), edit.location());
                chargers.replaceConnectors(id, edit.checkedConnectors());
                afterCommit(() -> {
                    stored.keySet().removeIf(connector -> connector.id().equals(id));
                    kept.invalidate(id);
                });
                return new Stored(chargers.find(id).orElseThrow(), created);
            }));
        } catch (DuplicateKeyException e) {
            throw edit.publicId()
                    .flatMap(chargers::findByPublicId)
                    .filter(other -> !other.id().equals(id))
                    .<RuntimeException>map(other -> new Conflict(
                            ChargerReason.PUBLIC_ID_TAKEN.with(other.publicId().orElse(""), other.id(), id)))
                    .orElse(e);
        }
    }

    private static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
