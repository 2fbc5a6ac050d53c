package express.polaris.billing.cost;

import express.polaris.platform.database.Snapshot;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Total cost of many sessions. The database sums cached prices; of the others, as many are computed and cached as
 * the time limit allows, so an incomplete sum is closer to complete on the next call.
 */
@Service
public class SessionCostSums {

    private static final Logger log = LoggerFactory.getLogger(SessionCostSums.class);
    private static final int MOST_SESSIONS = 20_000;
    private static final int AT_A_TIME = 500;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final SessionService sessions;
    private final SessionCostService costs;
    private final SessionPriceCache cache;
    private final Snapshot snapshot;
    private final Clock clock;

    SessionCostSums(
            SessionService sessions,
            SessionCostService costs,
            SessionPriceCache cache,
            Snapshot snapshot,
            Clock clock) {
        this.sessions = sessions;
        this.costs = costs;
        this.cache = cache;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    /**
     * Total cost.
     *
     * @param amounts unrounded, one per currency; empty when no price is known
     * @param isComplete every matching session is included and has a price, except those with disputed energy
     */
    public record Sum(List<Money> amounts, boolean isComplete) {}

    /** Returns the total cost of the matching sessions. */
    public Sum of(SessionFilter filter) {
        var wanted = sessions.ids(filter, MOST_SESSIONS + 1);
        var kept = kept(wanted);
        var amounts = new TreeMap<String, BigDecimal>();
        kept.amounts().forEach((currency, amount) -> amounts.put(currency.getCurrencyCode(), amount));
        var others = wanted.stream().filter(id -> !kept.sessions().contains(id)).toList();
        var computed = computed(others);
        boolean complete = wanted.size() <= MOST_SESSIONS
                && kept.isComplete()
                && computed.costs().size() == others.size();
        for (var computedCost : computed.costs().entrySet()) {
            var cost = computedCost.getValue();
            cost.amounts()
                    .forEach(amount ->
                            amounts.merge(amount.currency().getCurrencyCode(), amount.amount(), BigDecimal::add));
            complete &=
                    cost.coverage() != Coverage.UNKNOWN || computed.disputed().contains(computedCost.getKey());
        }
        return new Sum(
                amounts.entrySet().stream()
                        .map(entry -> new Money(entry.getValue(), Currency.getInstance(entry.getKey())))
                        .toList(),
                complete);
    }

    /** Falls back to computing all prices when the cache cannot be read. */
    private SessionPriceCache.Kept kept(List<SessionId> wanted) {
        try {
            return snapshot.attempt(() -> cache.sum(wanted));
        } catch (DataAccessException e) {
            log.warn("Cannot read the cached prices of {} sessions", wanted.size(), e);
            return new SessionPriceCache.Kept(Map.of(), Set.of(), true);
        }
    }

    private record Computed(Map<SessionId, SessionCost> costs, Set<SessionId> disputed) {}

    private Computed computed(List<SessionId> ids) {
        var until = clock.instant().plus(LONGEST);
        var computed = new Computed(new HashMap<>(), new HashSet<>());
        for (int from = 0; from < ids.size() && clock.instant().isBefore(until); from += AT_A_TIME) {
            var found = sessions.find(ids.subList(from, Math.min(from + AT_A_TIME, ids.size())));
            computed.costs().putAll(costs.of(found));
            found.stream()
                    .filter(ChargingSession::isHeldForDecision)
                    .forEach(session -> computed.disputed().add(session.id()));
        }
        return computed;
    }
}
