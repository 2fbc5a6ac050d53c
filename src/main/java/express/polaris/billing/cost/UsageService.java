package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.settings.Settings;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/** Usage of drivers in a billing period or year, by the tiers of their plan. */
@Service
public class UsageService {

    private static final Logger log = LoggerFactory.getLogger(UsageService.class);

    private final SubscriptionRepository subscriptions;
    private final UsageRepository usage;
    private final TimedUsage timed;
    private final Currency currency;
    private final Clock clock;
    private final Snapshot snapshot;

    UsageService(
            SubscriptionRepository subscriptions,
            UsageRepository usage,
            TimedUsage timed,
            Settings settings,
            Snapshot snapshot,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.timed = timed;
        this.currency = settings.currency();
        this.clock = clock;
        this.snapshot = snapshot;
    }

    /**
     * Returns a driver's usage. Without a subscription, or when its price cannot be looked up or computed, the
     * period is the calendar month or year; after a failure the price is unknown.
     *
     * @param ownZone the driver's time zone, used when no subscription gives one
     */
    public PeriodUsage of(AccountId driver, PeriodUsage.Span span, ZoneId ownZone) {
        var now = clock.instant();
        try {
            return snapshot.attempt(
                    SubscriptionRepository.LONGEST_LOOKUP_SECONDS,
                    () -> withDisputed(driver, priced(driver, span, ownZone, now)));
        } catch (DataAccessException | TransactionException e) {
            log.warn("Cannot look up the price of the usage of driver {}", driver.value(), e);
        } catch (RuntimeException e) {
            log.error("Cannot compute the price of the usage of driver {}", driver.value(), e);
        }
        return withDisputed(driver, unpriced(driver, calendar(span, now, ownZone), ownZone, now));
    }

    private PeriodUsage withDisputed(AccountId driver, PeriodUsage found) {
        return found.withDisputed(usage.disputed(driver, found.period()));
    }

    private PeriodUsage priced(AccountId driver, PeriodUsage.Span span, ZoneId ownZone, Instant now) {
        var all = subscriptions.of(driver);
        var current = all.stream()
                .filter(subscription -> subscription.inForce().contains(now))
                .findFirst();
        var zone = current.map(Subscription::timeZone).orElse(ownZone);
        return switch (span) {
            case CURRENT ->
                current.map(subscription -> inPeriod(subscription.periodAt(now), now))
                        .orElseGet(() -> between(driver, all, calendar(span, now, zone), zone, now));
            case PREVIOUS -> previous(driver, all, current, zone, now);
            case YEAR -> between(driver, all, calendar(span, now, zone), zone, now);
        };
    }

    private PeriodUsage unpriced(AccountId driver, Interval span, ZoneId zone, Instant now) {
        var tally = new Tally();
        tally.unpriced = true;
        usage.days(driver, span, zone).forEach((day, energy) -> {
            tally.days.put(day, energy);
            tally.total = tally.total.plus(energy);
            if (!energy.isZero()) {
                tally.unknown.add(day);
            }
        });
        return tally.usage(span, zone, Optional.empty(), currency, List.of(), Optional.empty(), now);
    }

    /** Returns the usage of the period that ended when the current one began, under the subscription in force then. */
    private PeriodUsage previous(
            AccountId driver, List<Subscription> all, Optional<Subscription> current, ZoneId zone, Instant now) {
        if (current.isEmpty()) {
            return between(driver, all, calendar(PeriodUsage.Span.PREVIOUS, now, zone), zone, now);
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
        var lines = add(period, subscription.timeZone(), tally, (day, before, after) -> {});
        var shown = new Interval(period.whole().from(), period.whole().to());
        var supported = period.plan().isSupported();
        var tiers = new ArrayList<TierUsage>();
        if (supported) {
            tiers.addAll(TierUsageCalculator.of(period.plan(), tally.total));
            lines.forEach(line -> tiers.add(TierUsageCalculator.of(line)));
        }
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

    /** Returns the usage of an arbitrary span, priced in all billing periods that overlap it. */
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
        var tiers = new TierUsageCalculator.Sum();
        periods.forEach(period -> add(period, zone, priced, (day, before, after) -> {
                    if (startsIn(span, day, zone)) {
                        tiers.add(period.plan(), before, after);
                    }
                })
                .forEach(tiers::add));
        var tally = priced.within(span, zone);
        var currencies = new HashSet<Currency>();
        periods.forEach(period -> currencies.add(period.plan().currency()));
        tally.unpriced = periods.isEmpty();
        if (currencies.size() > 1) {
            tally.unknown.addAll(tally.days.keySet());
        }
        usage.runs(driver, span, zone).forEach(run -> tally.found(run.day(), run.energy()));
        usage.takenBack(driver, span, zone)
                .forEach(part -> tally.found(part.day(), part.energy().negated()));
        tally.settle();
        return tally.usage(
                span,
                zone,
                Optional.empty(),
                currencies.size() == 1 ? currencies.iterator().next() : currency,
                currencies.size() == 1 ? tiers.all() : List.of(),
                Optional.empty(),
                now);
    }

    private interface Slices {
        void slice(LocalDate day, Energy before, Energy after);
    }

    /** Adds a period's usage; returns the lines of prices that depend on time or place. */
    private List<PriceLine> add(SubscriptionPeriod period, ZoneId zone, Tally tally, Slices slices) {
        var plan = period.plan();
        var driver = period.subscription().driver();
        var taken = usage.takenBack(driver, period.inForce(), zone);
        var back = new ArrayDeque<>(taken);
        var before = Energy.ZERO;
        for (var run : usage.runs(driver, period.inForce(), zone)) {
            while (!back.isEmpty() && isBackBefore(back.getFirst(), run)) {
                before = before.minus(back.removeFirst().energy());
            }
            var after = before.plus(run.energy());
            tally.add(run, plan.owed(after).subtract(plan.owed(before)), plan.isSupported());
            slices.slice(run.day(), before, after);
            before = after;
        }
        for (var part : taken) {
            var rest = part.until().minus(part.energy());
            tally.add(part.day(), part.energy().negated(), plan.owed(rest).subtract(plan.owed(part.until())));
            slices.slice(part.day(), part.until(), rest);
        }
        var byDay = timed.of(period, zone);
        byDay.amounts().forEach((day, amount) -> tally.add(day, Energy.ZERO, amount));
        tally.unknown.addAll(byDay.unknown());
        byDay.fees().forEach(tally::add);
        return byDay.lines();
    }

    /** Energy given back before a round of sealing does not rank before the events of that round. */
    private static boolean isBackBefore(UsageRepository.Part part, UsageRepository.Run run) {
        return run.sealedAt()
                .map(sealedAt -> part.givenBackAt().filter(sealedAt::isAfter).isPresent())
                .orElse(true);
    }

    private static boolean startsIn(Interval span, LocalDate day, ZoneId zone) {
        return span.contains(day.atStartOfDay(zone).toInstant());
    }

    /** Daily sums. */
    private static final class Tally {
        final Map<LocalDate, Energy> days = new TreeMap<>();
        final Map<LocalDate, BigDecimal> amounts = new TreeMap<>();
        final Set<LocalDate> unknown = new HashSet<>();
        final Map<LocalDate, Energy> everything = new TreeMap<>();
        final Map<LocalDate, List<FeeLine>> fees = new TreeMap<>();
        Energy total = Energy.ZERO;
        boolean unpriced;

        void add(UsageRepository.Run run, BigDecimal amount, boolean supported) {
            add(run.day(), run.energy(), amount);
            if (run.held() || !supported && !run.energy().isZero()) {
                unknown.add(run.day());
            }
        }

        void add(LocalDate day, Energy energy, BigDecimal amount) {
            days.merge(day, energy, Energy::plus);
            amounts.merge(day, amount, BigDecimal::add);
            total = total.plus(energy);
        }

        void add(LocalDate day, List<FeeLine> lines) {
            fees.computeIfAbsent(day, key -> new ArrayList<>()).addAll(lines);
            lines.forEach(line -> add(day, Energy.ZERO, line.amount()));
        }

        /** Adds energy of the span, covered by a subscription or not. */
        void found(LocalDate day, Energy energy) {
            everything.merge(day, energy, Energy::plus);
        }

        /** Marks days with energy outside any subscription as unpriced. */
        void settle() {
            everything.forEach((day, energy) -> {
                if (!energy.equals(days.getOrDefault(day, Energy.ZERO))) {
                    unknown.add(day);
                }
            });
            days.keySet().removeIf(day -> !everything.containsKey(day) && !fees.containsKey(day));
            days.putAll(everything);
            total = days.values().stream().reduce(Energy.ZERO, Energy::plus);
        }

        Tally within(Interval span, ZoneId zone) {
            var part = new Tally();
            days.forEach((day, energy) -> {
                if (startsIn(span, day, zone)) {
                    part.fees.put(day, fees.getOrDefault(day, List.of()));
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
                    Energy.ZERO,
                    known ? Optional.of(new Money(sum, currency)) : Optional.empty(),
                    currency,
                    coverage,
                    tiers,
                    SessionFees.merged(
                            fees.values().stream().flatMap(List::stream).toList()),
                    left,
                    list);
        }
    }

    private static Interval calendar(PeriodUsage.Span span, Instant now, ZoneId zone) {
        return switch (span) {
            case CURRENT -> month(now, zone, 0);
            case PREVIOUS -> month(now, zone, -1);
            case YEAR -> year(now, zone);
        };
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
