package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.pricing.ChargeModel;
import express.polaris.pricing.GraduatedModel;
import express.polaris.pricing.PackageModel;
import express.polaris.pricing.StandardModel;
import express.polaris.pricing.Tier;
import express.polaris.pricing.VolumeModel;
import express.polaris.settings.Settings;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What drivers used in a billing period or year, against the tiers of their plan. */
@Service
public class Usage {

    private final SubscriptionRepository subscriptions;
    private final UsageRepository usage;
    private final Currency currency;
    private final Clock clock;
    private final TransactionTemplate snapshot;

    Usage(
            SubscriptionRepository subscriptions,
            UsageRepository usage,
            Settings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.currency = settings.currency();
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    /**
     * What a driver used.
     *
     * @param ownZone the driver's, for when no subscription has one
     */
    public PeriodUsage of(AccountId driver, PeriodUsage.Span span, ZoneId ownZone) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            var all = subscriptions.of(driver);
            var now = clock.instant();
            var current = all.stream()
                    .filter(subscription -> subscription.inForce().contains(now))
                    .findFirst();
            var zone = current.map(Subscription::timeZone).orElse(ownZone);
            return switch (span) {
                case CURRENT ->
                    current.map(subscription -> inPeriod(subscription.periodAt(now), now))
                            .orElseGet(() -> between(driver, all, month(now, zone, 0), zone, now));
                case PREVIOUS -> previous(driver, all, current, zone, now);
                case YEAR -> between(driver, all, year(now, zone), zone, now);
            };
        }));
    }

    /** The period that ended when the current one began, of whatever subscription was in force then. */
    private PeriodUsage previous(
            AccountId driver, List<Subscription> all, Optional<Subscription> current, ZoneId zone, Instant now) {
        if (current.isEmpty()) {
            return between(driver, all, month(now, zone, -1), zone, now);
        }
        var period = current.get().periodAt(now);
        var start = period.inForce().from();
        return all.stream()
                .filter(subscription -> subscription.covers(start))
                .findFirst()
                .map(subscription -> inPeriod(subscription.periodOfReading(start), now))
                .orElseGet(() -> between(driver, all, current.get().periods().previous(period.whole()), zone, now));
    }

    private PeriodUsage inPeriod(SubscriptionPeriod period, Instant now) {
        var subscription = period.subscription();
        var tally = new Tally();
        add(period, subscription.timeZone(), tally);
        var shown = new Interval(period.whole().from(), period.whole().to());
        var supported = subscription.plan().isSupported();
        var tiers = supported ? tiers(subscription.plan(), tally.total) : List.<TierUsage>of();
        var left = tiers.stream()
                .filter(TierUsage::isCurrent)
                .flatMap(tier -> tier.upTo().stream())
                .map(bound -> bound.minus(tally.total))
                .filter(Energy::isPositive)
                .findFirst();
        return tally.usage(
                shown,
                subscription.timeZone(),
                Optional.of(subscription),
                subscription.plan().currency(),
                tiers,
                left,
                now);
    }

    /** A span of its own, priced in all billing periods that reach into it. */
    private PeriodUsage between(AccountId driver, List<Subscription> all, Interval span, ZoneId zone, Instant now) {
        var priced = new Tally();
        var periods = new LinkedHashSet<SubscriptionPeriod>();
        for (var subscription : all) {
            var at = subscription.startedAt().isAfter(span.from()) ? subscription.startedAt() : span.from();
            while (at.isBefore(span.to()) && subscription.inForce().contains(at)) {
                var period = subscription.periodAt(at);
                periods.add(period);
                at = period.whole().to();
            }
        }
        periods.forEach(period -> add(period, zone, priced));
        var tally = priced.within(span, zone);
        var currencies = new HashSet<Currency>();
        periods.forEach(period -> currencies.add(period.subscription().plan().currency()));
        tally.unpriced = periods.isEmpty();
        if (currencies.size() > 1) {
            tally.unknown.addAll(tally.days.keySet());
        }
        for (var run : usage.runs(driver, span, zone)) {
            tally.found(run);
        }
        tally.settle();
        return tally.usage(
                span,
                zone,
                Optional.empty(),
                currencies.size() == 1 ? currencies.iterator().next() : currency,
                List.of(),
                Optional.empty(),
                now);
    }

    private void add(SubscriptionPeriod period, ZoneId zone, Tally tally) {
        var plan = period.subscription().plan();
        var before = Energy.ZERO;
        for (var run : usage.runs(period.subscription().driver(), period.inForce(), zone)) {
            var after = before.plus(run.energy());
            tally.add(run, plan.owed(after).subtract(plan.owed(before)), plan.isSupported());
            before = after;
        }
    }

    /** Sums by day. */
    private static final class Tally {
        final Map<LocalDate, Energy> days = new TreeMap<>();
        final Map<LocalDate, BigDecimal> amounts = new TreeMap<>();
        final Set<LocalDate> unknown = new HashSet<>();
        final Map<LocalDate, Energy> everything = new TreeMap<>();
        Energy total = Energy.ZERO;
        boolean unpriced;

        void add(UsageRepository.Run run, BigDecimal amount, boolean supported) {
            days.merge(run.day(), run.energy(), Energy::plus);
            amounts.merge(run.day(), amount, BigDecimal::add);
            total = total.plus(run.energy());
            if (run.held() || !supported && !run.energy().isZero()) {
                unknown.add(run.day());
            }
        }

        /** Energy of the span, whether a subscription covers it or not. */
        void found(UsageRepository.Run run) {
            everything.merge(run.day(), run.energy(), Energy::plus);
        }

        /** A day with more energy than subscriptions cover has no price. */
        void settle() {
            everything.forEach((day, energy) -> {
                if (!energy.equals(days.getOrDefault(day, Energy.ZERO))) {
                    unknown.add(day);
                }
            });
            days.keySet().removeIf(day -> !everything.containsKey(day));
            days.putAll(everything);
            total = days.values().stream().reduce(Energy.ZERO, Energy::plus);
        }

        Tally within(Interval span, ZoneId zone) {
            var part = new Tally();
            days.forEach((day, energy) -> {
                if (span.contains(day.atStartOfDay(zone).toInstant())) {
                    part.days.put(day, energy);
                    part.amounts.put(day, amounts.getOrDefault(day, BigDecimal.ZERO));
                    part.total = part.total.plus(energy);
                    if (unknown.contains(day)) {
                        part.unknown.add(day);
                    }
                }
            });
            return part;
        }

        PeriodUsage usage(
                Interval period,
                ZoneId zone,
                Optional<Subscription> subscription,
                Currency currency,
                List<TierUsage> tiers,
                Optional<Energy> left,
                Instant now) {
            var sum = amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            boolean known = unknown.isEmpty() && !unpriced;
            boolean billed = amounts.values().stream().anyMatch(amount -> amount.signum() != 0);
            var coverage = !known ? Coverage.UNKNOWN : billed ? Coverage.BILLED : Coverage.INCLUDED;
            var list = new ArrayList<UsageDay>();
            var last = (now.isBefore(period.to()) ? now : period.to().minusNanos(1))
                    .atZone(zone)
                    .toLocalDate();
            for (var day = LocalDate.ofInstant(period.from(), zone); !day.isAfter(last); day = day.plusDays(1)) {
                var cost = new Money(amounts.getOrDefault(day, BigDecimal.ZERO), currency);
                list.add(new UsageDay(
                        day,
                        days.getOrDefault(day, Energy.ZERO),
                        unknown.contains(day) ? Optional.empty() : Optional.of(cost)));
            }
            return new PeriodUsage(
                    period,
                    zone,
                    subscription,
                    total,
                    known ? Optional.of(new Money(sum, currency)) : Optional.empty(),
                    currency,
                    coverage,
                    tiers,
                    left,
                    list);
        }
    }

    private static List<TierUsage> tiers(Plan plan, Energy total) {
        return plan.models().stream()
                .flatMap(model -> tiers(model, total).stream())
                .toList();
    }

    private static List<TierUsage> tiers(ChargeModel model, Energy total) {
        return switch (model) {
            case StandardModel(var price) -> List.of(open(Energy.ZERO, total, price, BigDecimal.ZERO, true));
            case PackageModel(var price, var size, var free) -> packages(model, total, free);
            case GraduatedModel(var tiers) ->
                tiers.stream()
                        .map(tier -> {
                            boolean reached = total.compareTo(tier.above()) > 0;
                            return usage(tier, part(tier, total), reached ? tier.flat() : BigDecimal.ZERO, total);
                        })
                        .toList();
            case VolumeModel(var tiers) ->
                tiers.stream()
                        .map(tier -> {
                            boolean here = total.isPositive() && contains(tier, total);
                            return usage(tier, here ? total : Energy.ZERO, here ? tier.flat() : BigDecimal.ZERO, total);
                        })
                        .toList();
        };
    }

    private static List<TierUsage> packages(ChargeModel model, Energy total, Energy free) {
        var beyond = total.minus(free);
        var paid = beyond.isPositive() ? beyond : Energy.ZERO;
        var rest = new TierUsage(
                free,
                Optional.empty(),
                paid,
                BigDecimal.ZERO,
                model.rate(total),
                model.rate(total),
                !beyond.isNegative());
        if (free.isZero()) {
            return List.of(rest);
        }
        var first = new TierUsage(
                Energy.ZERO,
                Optional.of(free),
                total.minus(paid),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                beyond.isNegative());
        return List.of(first, rest);
    }

    private static TierUsage usage(Tier tier, Energy energy, BigDecimal flat, Energy total) {
        boolean current = total.compareTo(tier.above()) >= 0 || tier.above().isZero();
        boolean full = tier.upTo().filter(bound -> total.compareTo(bound) >= 0).isPresent();
        return new TierUsage(
                tier.above(),
                tier.upTo(),
                energy,
                tier.unitPrice(),
                flat,
                tier.unitPrice().multiply(energy.kilowattHours()).add(flat),
                current && !full);
    }

    private static TierUsage open(Energy above, Energy energy, BigDecimal unitPrice, BigDecimal flat, boolean current) {
        var amount = unitPrice.multiply(energy.kilowattHours()).add(flat);
        return new TierUsage(above, Optional.empty(), energy, unitPrice, flat, amount, current);
    }

    private static Energy part(Tier tier, Energy total) {
        var end = tier.upTo().filter(bound -> bound.compareTo(total) < 0).orElse(total);
        return end.compareTo(tier.above()) > 0 ? end.minus(tier.above()) : Energy.ZERO;
    }

    private static boolean contains(Tier tier, Energy total) {
        return total.compareTo(tier.above()) > 0
                && tier.upTo().filter(bound -> total.compareTo(bound) > 0).isEmpty();
    }

    private static Interval month(Instant now, ZoneId zone, int offset) {
        var first = LocalDate.ofInstant(now, zone).withDayOfMonth(1).plusMonths(offset);
        return new Interval(
                first.atStartOfDay(zone).toInstant(),
                first.plusMonths(1).atStartOfDay(zone).toInstant());
    }

    private static Interval year(Instant now, ZoneId zone) {
        var first = LocalDate.ofInstant(now, zone).withDayOfYear(1);
        return new Interval(
                first.atStartOfDay(zone).toInstant(),
                first.plusYears(1).atStartOfDay(zone).toInstant());
    }
}
