package express.polaris.portal.dashboard;

import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.TierUsage;
import express.polaris.billing.cost.UsageDay;
import express.polaris.billing.invoicing.NextInvoice;
import express.polaris.billing.plans.Subscription;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CostView;
import express.polaris.portal.dashboard.DashboardPage.PeriodPart;
import express.polaris.portal.dashboard.DashboardPage.Subscribed;
import express.polaris.portal.dashboard.DashboardPage.TierBar;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.BarChart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds the view of a driver's usage in a billing period. */
record PeriodView(Texts texts, Format format) {

    private static final int MOST_DAYS = 100;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * @param next invoice of the period; empty without a subscription
     * @param today in the viewer's zone
     */
    PeriodPart of(PeriodUsage usage, Optional<NextInvoice> next, LocalDate today) {
        var first = LocalDate.ofInstant(usage.period().from(), usage.timeZone());
        var last = LocalDate.ofInstant(usage.period().to().minusNanos(1), usage.timeZone());
        return new PeriodPart(
                usage.subscription().map(subscription -> subscribed(subscription, next, usage)),
                first,
                last,
                usage.energy(),
                usage.disputed(),
                new CostView.Sum(
                        usage.amount().map(List::of).orElse(List.of()),
                        switch (usage.coverage()) {
                            case INCLUDED -> CostView.Coverage.INCLUDED;
                            case BILLED -> CostView.Coverage.BILLED;
                            case UNKNOWN -> CostView.Coverage.UNKNOWN;
                        },
                        true),
                usage.tiers().stream().map(tier -> tier(tier, usage)).toList(),
                BarChart.of(
                        first.until(last, ChronoUnit.DAYS) > MOST_DAYS
                                ? months(usage, first, last, today)
                                : days(usage, first, last, today),
                        format),
                texts,
                format);
    }

    private static Subscribed subscribed(Subscription subscription, Optional<NextInvoice> next, PeriodUsage usage) {
        var plan = subscription.plan();
        return new Subscribed(plan.name(), next.map(NextInvoice::fee).orElse(plan.fee()), usage.leftInTier());
    }

    private TierBar tier(TierUsage tier, PeriodUsage usage) {
        return new TierBar(
                format.band(Optional.of(tier.above()), tier.upTo()),
                tier.energy(),
                tier.unitPrice(),
                new Money(tier.amount(), usage.currency()),
                share(tier, usage.energy()),
                tier.isCurrent());
    }

    /** Filled share of the tier in percent; the last tier counts as full once it is used. */
    private static String share(TierUsage tier, Energy total) {
        var inside = total.minus(tier.above());
        if (tier.upTo().isEmpty() || !inside.isPositive()) {
            return inside.isPositive() ? "100" : "0";
        }
        var size = tier.upTo().get().minus(tier.above());
        return inside.wattHours()
                .multiply(HUNDRED)
                .divide(size.wattHours(), 1, RoundingMode.HALF_UP)
                .min(HUNDRED)
                .toPlainString();
    }

    private List<BarChart.Value> days(PeriodUsage usage, LocalDate first, LocalDate last, LocalDate today) {
        Map<LocalDate, UsageDay> known =
                usage.days().stream().collect(Collectors.toMap(UsageDay::date, Function.identity()));
        var values = new ArrayList<BarChart.Value>();
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            var used = Optional.ofNullable(known.get(day));
            var energy = used.map(UsageDay::energy).orElse(Energy.ZERO);
            values.add(new BarChart.Value(
                    format.dayAndMonth(day.atStartOfDay(format.zone()).toInstant()),
                    words(format.date(day), energy, used.flatMap(UsageDay::cost)),
                    energy,
                    day.isAfter(today),
                    day.equals(today)));
        }
        return values;
    }

    private List<BarChart.Value> months(PeriodUsage usage, LocalDate first, LocalDate last, LocalDate today) {
        var months = new TreeMap<YearMonth, List<UsageDay>>();
        for (var month = YearMonth.from(first); !month.isAfter(YearMonth.from(last)); month = month.plusMonths(1)) {
            months.put(month, new ArrayList<>());
        }
        usage.days()
                .forEach(day -> months.computeIfAbsent(YearMonth.from(day.date()), key -> new ArrayList<>())
                        .add(day));
        var now = YearMonth.from(today);
        var values = new ArrayList<BarChart.Value>();
        months.forEach((month, days) -> {
            var energy = days.stream().map(UsageDay::energy).reduce(Energy.ZERO, Energy::plus);
            boolean known = days.stream().allMatch(day -> day.cost().isPresent());
            var cost = known
                    ? days.stream().flatMap(day -> day.cost().stream()).reduce(Money::plus)
                    : Optional.<Money>empty();
            values.add(new BarChart.Value(
                    month.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, format.locale()),
                    words(format.month(month), energy, cost),
                    energy,
                    month.isAfter(now),
                    month.equals(now)));
        });
        return values;
    }

    private String words(String when, Energy energy, Optional<Money> cost) {
        return cost.map(money -> texts.get("dashboard.dayCost", when, format.energyShort(energy), format.money(money)))
                .orElseGet(() -> texts.get("dashboard.day", when, format.energyShort(energy)));
    }
}
