package express.polaris.portal.dashboard;

import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.TierUsage;
import express.polaris.billing.cost.UsageDay;
import express.polaris.billing.invoicing.NextInvoice;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.documents.FlatWords;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.portal.CostView;
import express.polaris.portal.dashboard.DashboardPage.FeeRow;
import express.polaris.portal.dashboard.DashboardPage.PeriodPart;
import express.polaris.portal.dashboard.DashboardPage.Subscribed;
import express.polaris.portal.dashboard.DashboardPage.TierBar;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.BarChart;
import express.polaris.web.views.CostLineWords;
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
    private static final int AVERAGE_DECIMALS = 4;
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
                usage.fees().stream().map(fee -> fee(fee, usage)).toList(),
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
        return new Subscribed(
                plan.name(),
                next.map(NextInvoice::fee).orElse(plan.fee()),
                usage.leftInTier(),
                Optional.of(usage.rolledOver()).filter(Energy::isPositive),
                !plan.isTimed() && usage.fees().isEmpty());
    }

    private TierBar tier(TierUsage tier, PeriodUsage usage) {
        boolean isTimed = usage.subscription()
                .map(Subscription::plan)
                .filter(Plan::isTimed)
                .isPresent();
        var band = format.band(Optional.of(tier.above()), tier.upTo());
        return new TierBar(
                tier.name()
                        .map(name -> band.isEmpty() ? name : name + " · " + band)
                        .orElse(band.isEmpty() && isTimed ? texts.get("cost.otherwise") : band),
                tier.energy(),
                price(tier, usage),
                new Money(tier.amount(), usage.currency()),
                share(tier, isTimed ? tier.energy() : usage.energy().minus(tier.above())),
                tier.isCurrent());
    }

    /** Market prices of several hours have an average. */
    private String price(TierUsage tier, PeriodUsage usage) {
        boolean isMarket = tier.name().isPresent()
                && tier.unitPrice().signum() == 0
                && tier.flat().signum() != 0
                && !tier.energy().isZero();
        if (isMarket) {
            var average = tier.amount().divide(tier.energy().kilowattHours(), AVERAGE_DECIMALS, RoundingMode.HALF_UP);
            return texts.get("cost.average", format.unitPrice(average, usage.currency()));
        }
        if (tier.unitPrice().signum() == 0) {
            return tier.flat().signum() == 0
                    ? texts.get("dashboard.included")
                    : texts.get("cost.flatAmount", format.unitPrice(tier.flat(), usage.currency()));
        }
        return texts.get("dashboard.perKwh", format.unitPrice(tier.unitPrice(), usage.currency()))
                + beside(tier.flat(), tier.energy().kilowattHours(), usage);
    }

    /** The part that unit price × quantity does not cover, such as " + €5.00 flat"; empty if it covers all. */
    private String beside(BigDecimal flat, BigDecimal quantity, PeriodUsage usage) {
        return flat.signum() == 0
                ? ""
                : " "
                        + new FlatWords(texts, format)
                                .of(new Money(flat, usage.currency()), flat.signum() * quantity.signum() < 0);
    }

    private FeeRow fee(FeeLine fee, PeriodUsage usage) {
        var metric = CostLineWords.metric(fee.metric(), texts);
        var quantity = CostLineWords.quantity(fee.metric(), fee.quantity(), texts, format);
        boolean isPerUnit = fee.unitPrice().signum() != 0 || fee.flat().signum() == 0;
        var price = format.unitPrice(fee.unitPrice(), usage.currency()) + beside(fee.flat(), fee.quantity(), usage);
        return new FeeRow(
                fee.name().map(name -> metric + " · " + name).orElse(metric),
                isPerUnit ? quantity + " × " + price : quantity,
                new Money(fee.amount(), usage.currency()));
    }

    /** Filled share of a tier in percent; empty for a tier without an end. */
    private static Optional<String> share(TierUsage tier, Energy inside) {
        return tier.upTo()
                .map(end -> inside.isPositive()
                        ? inside.wattHours()
                                .multiply(HUNDRED)
                                .divide(end.minus(tier.above()).wattHours(), 1, RoundingMode.HALF_UP)
                                .min(HUNDRED)
                                .toPlainString()
                        : "0");
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
