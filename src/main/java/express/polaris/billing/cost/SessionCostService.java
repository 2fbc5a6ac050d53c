package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.SessionPriceCache.Entry;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.billing.pricing.Band;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.PriceTag;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/**
 * Cost of sessions: the sum over their events, each priced in its billing period and tier. Never throws to its
 * caller: what cannot be looked up or computed is {@link Coverage#UNKNOWN} and is logged.
 */
@Service
public class SessionCostService {

    private static final Logger log = LoggerFactory.getLogger(SessionCostService.class);

    /** Sessions priced in one snapshot and cached before the next batch, so every call of a list makes progress. */
    private static final int AT_A_TIME = 100;

    private final SessionPricing pricing;
    private final SubscriptionRepository subscriptions;
    private final SessionPriceCache cache;
    private final PriceFailures failures;
    private final Currency currency;
    private final Snapshot snapshot;
    private final Clock clock;

    /** Prices are read in one snapshot; inside a caller's transaction, as part of it. */
    SessionCostService(
            SessionPricing pricing,
            SubscriptionRepository subscriptions,
            SessionPriceCache cache,
            PriceFailures failures,
            Settings settings,
            Snapshot snapshot,
            Clock clock) {
        this.pricing = pricing;
        this.subscriptions = subscriptions;
        this.cache = cache;
        this.failures = failures;
        this.currency = settings.currency();
        this.clock = clock;
        this.snapshot = snapshot;
    }

    /** Returns the cost of one session. */
    public SessionCost of(ChargingSession session) {
        return of(List.of(session)).getOrDefault(session.id(), unknown());
    }

    /**
     * Costs of the sessions. After {@value SubscriptionRepository#LONGEST_LOOKUP_SECONDS} seconds, or when a lookup
     * fails, the remaining costs are unknown; those computed until then are cached, so that the next call continues
     * from there.
     */
    public Map<SessionId, SessionCost> of(List<ChargingSession> sessions) {
        var costs = new HashMap<SessionId, SessionCost>();
        sessions.forEach(session -> costs.put(session.id(), unknown()));
        var until = clock.instant().plusSeconds(SubscriptionRepository.LONGEST_LOOKUP_SECONDS);
        var known = tried("The cached cost of " + sessions.size() + " sessions", () -> cached(sessions));
        note(known.isPresent(), sessions);
        known.ifPresent(costs::putAll);
        var fresh = sessions.stream()
                .filter(session ->
                        known.filter(kept -> kept.containsKey(session.id())).isEmpty())
                .toList();
        for (int from = 0;
                known.isPresent() && from < fresh.size() && clock.instant().isBefore(until);
                from += AT_A_TIME) {
            var part = fresh.subList(from, Math.min(from + AT_A_TIME, fresh.size()));
            var computed = tried("The cost of sessions " + ids(part), () -> computed(part));
            note(computed.isPresent(), part);
            if (computed.isEmpty()) {
                break;
            }
            costs.putAll(computed.get());
        }
        return costs;
    }

    /**
     * Returns the cost of each event of a session by position: unrounded, zero for an event without energy;
     * events that cannot be priced are omitted.
     */
    public Map<Integer, Money> ofEvents(ChargingSession session) {
        return explained(session).map(ExplainedCost::events).orElse(Map.of());
    }

    /** Returns the cost of a session in total and for each event; empty when the lookup fails. */
    public Optional<ExplainedCost> explained(ChargingSession session) {
        var explained = tried(
                "The cost of session " + session.id() + " and its events",
                () -> inSnapshot(() -> {
                    var priced = price(session, ownersSubscriptions(session));
                    var shares =
                            priced.periods().stream().map(TierShare.Sum::new).toList();
                    var cost = cost(
                            priced,
                            (period, event) -> shares.get(period)
                                    .add(event.before(), event.event().energy()));
                    return new ExplainedCost(
                            cost,
                            shares.stream().flatMap(TierShare.Sum::shares).toList(),
                            priced.amounts(Money.zero(cost.currency())));
                }));
        note(explained.isPresent(), List.of(session));
        return explained;
    }

    private void note(boolean done, List<ChargingSession> sessions) {
        var ids = sessions.stream().map(ChargingSession::id).toList();
        if (done) {
            failures.priced(ids);
        } else {
            failures.failed(ids);
        }
    }

    /** Cost of a session whose price cannot be looked up. */
    public SessionCost unknown() {
        return SessionCost.unknown(currency, false, List.of());
    }

    private Map<SessionId, SessionCost> cached(List<ChargingSession> sessions) {
        var candidates = sessions.stream()
                .filter(SessionCostService::isKept)
                .map(ChargingSession::id)
                .toList();
        return candidates.isEmpty() ? Map.of() : snapshot.attempt(() -> cache.find(candidates));
    }

    private Map<SessionId, SessionCost> computed(List<ChargingSession> sessions) {
        var costs = new HashMap<SessionId, SessionCost>();
        var entries = new ArrayList<Entry>();
        inSnapshot(() -> {
            var drivers = sessions.stream()
                    .flatMap(session -> session.driver().stream())
                    .collect(Collectors.toSet());
            var versions = cache.versions(drivers);
            var known = new HashMap<AccountId, List<Subscription>>();
            for (var session : sessions) {
                var owners = session.driver()
                        .map(driver -> known.computeIfAbsent(driver, subscriptions::of))
                        .orElse(List.of());
                var priced = price(session, owners);
                var cost = cost(priced, (period, event) -> {});
                costs.put(session.id(), cost);
                entry(session, priced, cost, versions).ifPresent(entries::add);
            }
            return true;
        });
        snapshot.afterwards(() -> keep(entries));
        return costs;
    }

    private void keep(List<Entry> entries) {
        try {
            cache.keep(entries);
        } catch (DataAccessException e) {
            log.warn("The cost of {} sessions cannot be cached", entries.size(), e);
        }
    }

    /** Prices in two currencies are rare and not cached. */
    private static Optional<Entry> entry(
            ChargingSession session, PricedSession priced, SessionCost cost, Map<AccountId, Long> versions) {
        return session.driver()
                .filter(driver -> isKept(session) && cost.amounts().size() <= 1 && versions.containsKey(driver))
                .flatMap(driver -> priced.events()
                        .until()
                        .map(at -> new Entry(session.id(), driver, versions.getOrDefault(driver, 0L), at, cost)));
    }

    /** Only completed sessions are cached: the cost of an active one changes with every reading. */
    private static boolean isKept(ChargingSession session) {
        return session.status() == SessionStatus.COMPLETED;
    }

    private List<Subscription> ownersSubscriptions(ChargingSession session) {
        return session.driver().map(subscriptions::of).orElse(List.of());
    }

    private PricedSession price(ChargingSession session, List<Subscription> owners) {
        return pricing.price(session.id(), session.status() == SessionStatus.COMPLETED, owners);
    }

    /**
     * @param beside also visits each priced event, to avoid pricing it twice
     */
    private SessionCost cost(PricedSession priced, PricedSession.Visitor beside) {
        var sums = priced.periods().stream().map(period -> new PriceLine.Sum()).toList();
        var amounts = new LinkedHashMap<Currency, Money>();
        boolean[] split = {false};
        priced.forEach((period, event) -> {
            beside.visit(period, event);
            event.lines().forEach(sums.get(period)::add);
            amounts.merge(event.amount().currency(), event.amount(), Money::plus);
            split[0] |= event.isSplit();
        });
        priced.fees().forEach(fee -> {
            var feeCurrency = fee.fee().period().plan().currency();
            amounts.merge(feeCurrency, new Money(fee.fee().amount(), feeCurrency), Money::plus);
        });
        var lines = new ArrayList<CostLine>();
        for (int i = 0; i < sums.size(); i++) {
            int index = i;
            var period = priced.periods().get(i);
            sums.get(i).lines().forEach(line -> lines.add(line(period, line)));
            priced.fees().stream()
                    .filter(fee -> fee.period() == index)
                    .flatMap(fee -> fee.fee().lines().stream())
                    .forEach(line -> lines.add(line(period, line)));
        }
        var own = amounts.size() == 1 ? amounts.keySet().iterator().next() : currency;
        if (!priced.isComplete()) {
            return SessionCost.unknown(own, split[0], lines);
        }
        boolean billed = lines.stream().anyMatch(line -> line.amount().signum() != 0);
        return new SessionCost(
                amounts.isEmpty() ? List.of(Money.zero(own)) : List.copyOf(amounts.values()),
                own,
                billed ? Coverage.BILLED : Coverage.INCLUDED,
                !priced.isSettled(),
                split[0],
                lines);
    }

    static CostLine line(SubscriptionPeriod period, PriceLine line) {
        var plan = period.plan();
        return new CostLine(
                period.inForce(),
                plan.code(),
                line.band(),
                line.energy(),
                line.unitPrice(),
                plain(line.flat()),
                plain(line.amount()),
                plan.currency(),
                line.tag().flatMap(PriceTag::name),
                line.tag().flatMap(PriceTag::hours),
                Optional.empty());
    }

    private static CostLine line(SubscriptionPeriod period, FeeLine line) {
        var plan = period.plan();
        var charge = plan.charges().get(line.tag().charge());
        return new CostLine(
                period.inForce(),
                plan.code(),
                Band.USAGE,
                Energy.ZERO,
                line.unitPrice(),
                plain(line.flat()),
                plain(line.amount()),
                plan.currency(),
                line.name(),
                Optional.empty(),
                Optional.of(new CostLine.Fee(line.metric(), line.quantity(), charge.grace(), charge.cap())));
    }

    private static BigDecimal plain(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount;
    }

    private <T> T inSnapshot(Supplier<T> work) {
        return snapshot.attempt(SubscriptionRepository.LONGEST_LOOKUP_SECONDS, work);
    }

    private <T> Optional<T> tried(String what, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (DataAccessException | TransactionException e) {
            log.warn("{} cannot be looked up", what, e);
        } catch (RuntimeException e) {
            log.error("{} cannot be computed", what, e);
        }
        return Optional.empty();
    }

    private static String ids(List<ChargingSession> sessions) {
        return sessions.stream().map(session -> session.id().toString()).collect(Collectors.joining(", "));
    }
}
