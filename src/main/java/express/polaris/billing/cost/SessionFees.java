package express.polaris.billing.cost;

import express.polaris.billing.cost.SealedFeeRepository.Sealed;
import express.polaris.billing.cost.SealedFeeRepository.TimedSession;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PriceConditions;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Fees of sessions: per session and per minute. A session's fees are in the billing period that contains its end, now
 * while it runs. What an invoice has charged keeps its place and price; a later difference ranks behind it, and what is
 * taken back comes back at the price it had.
 */
@Component
public class SessionFees {

    private final SealedFeeRepository sealed;
    private final PriceConditionsReader conditions;
    private final Clock clock;

    SessionFees(SealedFeeRepository sealed, PriceConditionsReader conditions, Clock clock) {
        this.sealed = sealed;
        this.conditions = conditions;
        this.clock = clock;
    }

    /**
     * Priced fees of one session in one billing period.
     *
     * @param isSettled whether invoices have all of it
     */
    public record Priced(
            SubscriptionPeriod period, SessionId session, Instant end, List<FeeLine> lines, boolean isSettled) {

        public Priced {
            lines = List.copyOf(lines);
        }

        public BigDecimal amount() {
            return lines.stream().map(FeeLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** Part of a plan with its own count of sessions or minutes: a charge, and one of its filters or none. */
    public record Part(int charge, Optional<Integer> filter) {}

    /**
     * Quantity of a session at its place.
     *
     * @param quantity sessions or minutes; negative when taken back
     * @param before what ranks before it in its part of the plan
     */
    public record Placed(TimedSession session, Part part, BigDecimal quantity, BigDecimal before) {}

    /** Returns the fees of one session. */
    List<Priced> of(SessionEvents events, List<Subscription> subscriptions) {
        if (subscriptions.stream().noneMatch(subscription -> subscription.plan().hasFees())) {
            return List.of();
        }
        var now = clock.instant();
        var id = events.session();
        var timed = sealed.times(List.of(id), now).stream().findFirst();
        return period(id, timed, subscriptions)
                .map(period -> List.of(priced(id, timed, period, now)))
                .orElse(List.of());
    }

    private Optional<SubscriptionPeriod> period(
            SessionId id, Optional<TimedSession> timed, List<Subscription> subscriptions) {
        var earlier = sealed.of(id).stream().findFirst();
        return earlier.isPresent()
                ? subscriptions.stream()
                        .filter(subscription ->
                                subscription.id().equals(earlier.get().subscription()))
                        .map(subscription -> subscription.periodAt(earlier.get().periodFrom()))
                        .findFirst()
                : timed.map(session -> session.times().end())
                        .flatMap(end -> subscriptions.stream()
                                .filter(subscription -> subscription.covers(end))
                                .map(subscription -> subscription.periodOfReading(end))
                                .filter(period -> period.plan().isSupported())
                                .findFirst());
    }

    private Priced priced(SessionId id, Optional<TimedSession> timed, SubscriptionPeriod period, Instant now) {
        var plan = period.plan();
        boolean byOrder = plan.charges().stream().anyMatch(charge -> charge.isForSessions() && !charge.isLinear());
        var sessions = byOrder ? sessionsOf(period, now) : timed.stream().toList();
        var inPeriod = sealed.of(period);
        var known = new Conditions(period);
        var lines = new ArrayList<FeeLine>();
        inPeriod.stream()
                .filter(fee -> fee.session().equals(id))
                .forEach(fee ->
                        lines.addAll(known.lines(new Part(fee.charge(), fee.filter()), fee.before(), fee.quantity())));
        var open = placed(known, sessions, inPeriod).stream()
                .filter(placed -> placed.session().id().equals(id))
                .toList();
        open.forEach(placed -> lines.addAll(known.lines(placed.part(), placed.before(), placed.quantity())));
        var end = timed.map(session -> session.times().end())
                .orElse(period.inForce().to());
        return new Priced(period, id, end, merged(lines), open.isEmpty());
    }

    /**
     * Returns the driver's sessions whose fees are in a billing period, by end, then id: those that end in it, and those
     * that an invoice has charged in it.
     */
    public List<TimedSession> sessionsOf(SubscriptionPeriod period, Instant now) {
        var bounds = period.inForce();
        var ended = sealed.ended(period.subscription().driver(), bounds.from(), bounds.to(), now);
        var ids = ended.stream().map(TimedSession::id).toList();
        var elsewhere = sealed.chargedElsewhere(ids, period);
        var moved = sealed.of(period).stream()
                .map(Sealed::session)
                .filter(session -> !ids.contains(session))
                .collect(Collectors.toSet());
        return Stream.concat(
                        ended.stream().filter(session -> !elsewhere.contains(session.id())),
                        moved.isEmpty() ? Stream.empty() : sealed.times(moved, now).stream())
                .sorted(Comparator.<TimedSession, Instant>comparing(
                                session -> session.times().end())
                        .thenComparing(TimedSession::id))
                .toList();
    }

    /** Returns the fees of the driver's sessions that end in a billing period, in the order of their ends. */
    public List<Priced> in(SubscriptionPeriod period) {
        if (!period.plan().hasFees()) {
            return List.of();
        }
        var now = clock.instant();
        var sessions = sessionsOf(period, now);
        var inPeriod = sealed.of(period);
        var known = new Conditions(period);
        var lines = new LinkedHashMap<SessionId, List<FeeLine>>();
        inPeriod.forEach(fee -> lines.computeIfAbsent(fee.session(), key -> new ArrayList<>())
                .addAll(known.lines(new Part(fee.charge(), fee.filter()), fee.before(), fee.quantity())));
        var open = placed(known, sessions, inPeriod);
        open.forEach(placed -> lines.computeIfAbsent(placed.session().id(), key -> new ArrayList<>())
                .addAll(known.lines(placed.part(), placed.before(), placed.quantity())));
        var ends = new LinkedHashMap<SessionId, Instant>();
        sessions.forEach(session -> ends.put(session.id(), session.times().end()));
        return lines.entrySet().stream()
                .map(entry -> new Priced(
                        period,
                        entry.getKey(),
                        ends.getOrDefault(entry.getKey(), period.inForce().to()),
                        merged(entry.getValue()),
                        open.stream().noneMatch(placed -> placed.session().id().equals(entry.getKey()))))
                .toList();
    }

    /**
     * Returns what sessions owe in a billing period beside what invoices have: the difference of each session and part of
     * the plan, at its place.
     *
     * @param sessions in the order of their ends
     * @param inPeriod what invoices have charged in the period
     */
    public List<Placed> placed(SubscriptionPeriod period, List<TimedSession> sessions, List<Sealed> inPeriod) {
        return placed(new Conditions(period), sessions, inPeriod);
    }

    private static List<Placed> placed(Conditions known, List<TimedSession> sessions, List<Sealed> inPeriod) {
        var placed = new ArrayList<Placed>();
        var totals = new LinkedHashMap<Part, BigDecimal>();
        inPeriod.forEach(fee -> totals.merge(new Part(fee.charge(), fee.filter()), fee.quantity(), BigDecimal::add));
        for (var session : sessions) {
            var own = inPeriod.stream()
                    .filter(fee -> fee.session().equals(session.id()))
                    .toList();
            var lastSealed = own.stream().map(Sealed::sealedAt).max(Comparator.naturalOrder());
            var owed = new LinkedHashMap<Part, BigDecimal>(known.counted(session, lastSealed));
            own.forEach(fee -> owed.merge(
                    new Part(fee.charge(), fee.filter()), fee.quantity().negate(), BigDecimal::add));
            owed.forEach((part, quantity) -> {
                if (quantity.signum() > 0) {
                    placed.add(new Placed(session, part, quantity, totals.getOrDefault(part, BigDecimal.ZERO)));
                } else if (quantity.signum() < 0) {
                    placed.addAll(takenBack(session, part, quantity.negate(), own));
                }
                totals.merge(part, quantity, BigDecimal::add);
            });
        }
        return placed;
    }

    /** Takes back the latest first, each at the price it had. */
    private static List<Placed> takenBack(TimedSession session, Part part, BigDecimal quantity, List<Sealed> own) {
        var back = new ArrayList<Placed>();
        var left = quantity;
        var given = BigDecimal.ZERO;
        for (var fee : own.reversed()) {
            if (!new Part(fee.charge(), fee.filter()).equals(part)) {
                continue;
            }
            if (fee.quantity().signum() < 0) {
                given = given.add(fee.quantity().negate());
                continue;
            }
            var there = fee.quantity().subtract(given).max(BigDecimal.ZERO);
            given = given.subtract(fee.quantity()).max(BigDecimal.ZERO);
            var taken = there.min(left);
            if (taken.signum() > 0) {
                back.add(new Placed(session, part, taken.negate(), fee.before().add(there)));
                left = left.subtract(taken);
            }
        }
        return back;
    }

    /** Conditions of one period's fees, read once for each sealing. */
    private final class Conditions {

        private final SubscriptionPeriod period;
        private final Map<Optional<Instant>, PriceConditions> known = new HashMap<>();

        Conditions(SubscriptionPeriod period) {
            this.period = period;
        }

        PriceConditions at(Optional<Instant> sealedAt) {
            return known.computeIfAbsent(
                    sealedAt,
                    at -> conditions.ofFees(period.plan(), period.subscription().timeZone(), at));
        }

        /** Counts a session for each part of the plan, as of the last invoice that has its fees. */
        Map<Part, BigDecimal> counted(TimedSession session, Optional<Instant> sealedAt) {
            var counted = new LinkedHashMap<Part, BigDecimal>();
            var charges = period.plan().charges();
            var times = session.times().within(period.subscription().inForce());
            for (int index = 0; index < charges.size(); index++) {
                var charge = charges.get(index);
                if (charge.isForSessions()) {
                    int place = index;
                    times.counted(charge, at(sealedAt), session.chargeBox())
                            .forEach((filter, quantity) -> counted.put(new Part(place, filter), quantity));
                }
            }
            return counted;
        }

        List<FeeLine> lines(Part part, BigDecimal before, BigDecimal quantity) {
            var charge = period.plan().charges().get(part.charge());
            var tag = at(Optional.empty()).tag(part.charge(), charge, part.filter());
            return switch (price(charge, part)) {
                case ChargePrice.ByModel(var model) -> FeeLine.of(charge, tag, model, before, quantity);
                case ChargePrice.Market ignored -> List.of();
            };
        }
    }

    /** Prices quantities of a plan's parts at their places. */
    public List<FeeLine> lines(SubscriptionPeriod period, List<Placed> placed) {
        var known = new Conditions(period);
        return placed.stream()
                .flatMap(part -> known.lines(part.part(), part.before(), part.quantity()).stream())
                .toList();
    }

    private static ChargePrice price(PlanCharge charge, Part part) {
        return part.filter().map(index -> charge.filters().get(index).price()).orElse(charge.price());
    }

    /** Merges lines with equal metric, unit price and tag, in order of first appearance. */
    public static List<FeeLine> merged(List<FeeLine> lines) {
        record Kind(Object metric, BigDecimal unitPrice, Object tag) {}
        Function<FeeLine, Kind> kind =
                line -> new Kind(line.metric(), line.unitPrice().stripTrailingZeros(), line.tag());
        var merged = new LinkedHashMap<Kind, FeeLine>();
        lines.forEach(line -> merged.merge(kind.apply(line), line, FeeLine::plus));
        return merged.values().stream()
                .filter(line -> line.quantity().signum() != 0 || line.flat().signum() != 0)
                .toList();
    }
}
