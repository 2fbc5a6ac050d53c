package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Previews a driver's next invoice by the rules of the actual invoice. */
@Service
public class NextInvoiceService {

    private final InvoiceSchedule schedule;
    private final SubscriptionRepository subscriptions;
    private final CreditRepository credits;
    private final EventSealing sealing;
    private final FeeSealing fees;
    private final TakenBackEnergy takenBack;
    private final Clock clock;
    private final PeriodDiscounts discounts;
    private final InvoicedPeriods invoicedPeriods;

    NextInvoiceService(
            InvoiceSchedule schedule,
            SubscriptionRepository subscriptions,
            CreditRepository credits,
            EventSealing sealing,
            FeeSealing fees,
            TakenBackEnergy takenBack,
            PeriodDiscounts discounts,
            InvoicedPeriods invoicedPeriods,
            Clock clock) {
        this.schedule = schedule;
        this.subscriptions = subscriptions;
        this.credits = credits;
        this.sealing = sealing;
        this.fees = fees;
        this.takenBack = takenBack;
        this.clock = clock;
        this.discounts = discounts;
        this.invoicedPeriods = invoicedPeriods;
    }

    /**
     * Previews the invoice of the period that the usage covers.
     *
     * @param usage usage of the current billing period; without a subscription there is no invoice
     */
    public Optional<NextInvoice> of(AccountId driver, PeriodUsage usage) {
        return usage.subscription().map(subscription -> {
            var period = new SubscriptionPeriod(subscription, usage.period());
            var currency = subscription.plan().currency();
            return new NextInvoice(
                    new Money(PlanFees.owed(period), currency),
                    usage.amount().map(energy -> new Money(net(driver, period, energy), currency)),
                    discounts.atEndOf(period));
        });
    }

    private BigDecimal net(AccountId driver, SubscriptionPeriod period, Money energy) {
        var subscription = period.subscription();
        var state = schedule.find(subscription.id())
                .orElseGet(() -> new InvoiceSchedule.State(
                        subscription.id(), Optional.empty(), Optional.empty(), Optional.empty()));
        var net = PlanFees.of(period, state).lines().stream()
                .map(InvoiceLine::amount)
                .reduce(discounted(period, energy.rounded()), BigDecimal::add);
        // Adjustments and credits go on the first invoice, which may still be the previous period's.
        boolean comesFirst = state.through()
                .map(period.whole().from()::equals)
                .orElseGet(
                        () -> !subscription.startedAt().isBefore(period.whole().from()));
        return comesFirst
                ? net.add(adjustments(driver, subscription.plan())).subtract(credits.open(driver, energy.currency()))
                : net;
    }

    private BigDecimal discounted(SubscriptionPeriod period, Money charged) {
        return discounts
                .atEndOf(period)
                .map(discount -> PeriodDiscounts.of(discount, charged.amount(), charged.currency()))
                .map(charged.amount()::add)
                .orElseGet(charged::amount);
    }

    private BigDecimal adjustments(AccountId driver, Plan onInvoiceOf) {
        var late = new HashMap<SubscriptionPeriod, Energy>();
        var beside = new HashMap<SubscriptionPeriod, BigDecimal>();
        var now = clock.instant();
        var waits = invoicedPeriods.waiting(driver, Optional.empty());
        for (var state : schedule.of(driver)) {
            var subscription = subscriptions.find(state.subscription()).orElseThrow();
            var through = state.through().orElseThrow();
            var timed = sealing.timed(subscription, subscription.startedAt(), through);
            sealing.late(subscription, through).forEach((at, energy) -> {
                var period = subscription.periodOfReading(at);
                if (timed.isPriced(period)) {
                    late.merge(period, energy, Energy::plus);
                }
            });
            timed.amounts().forEach((period, amount) -> beside.merge(period, amount, BigDecimal::add));
            fees.late(subscription, through, now).stream()
                    .filter(timed::isPriced)
                    .forEach(period -> beside.merge(period, fees.open(period, now), BigDecimal::add));
        }
        var back = takenBack.waiting(driver);
        back.keySet().forEach(period -> late.putIfAbsent(period, Energy.ZERO));
        beside.keySet().forEach(period -> late.putIfAbsent(period, Energy.ZERO));
        return late.entrySet().stream()
                .filter(entry -> !waits.test(entry.getKey()))
                .filter(entry -> entry.getKey()
                        .subscription()
                        .plan()
                        .isBilledWith(onInvoiceOf.currency(), onInvoiceOf.vatRate()))
                .map(entry -> adjustment(
                        entry.getKey(),
                        back.getOrDefault(entry.getKey(), List.of()),
                        entry.getValue(),
                        beside.getOrDefault(entry.getKey(), BigDecimal.ZERO)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Invoice lines are differences of rounded running sums, so their total is the last sum minus the first. */
    private BigDecimal adjustment(
            SubscriptionPeriod period, List<TakenBackEnergy.Part> back, Energy late, BigDecimal beside) {
        var plan = period.plan();
        var invoiced = sealing.sealedBefore(period);
        var left = TakenBackEnergy.less(invoiced, plan, back);
        var then =
                new EventSealing.Total(left.energy().plus(late), left.beside().add(beside));
        var more = rounded(plan, then.owed(plan)).subtract(rounded(plan, invoiced.owed(plan)));
        return discounts
                .given(period)
                .map(given -> more.add(given.change(more, plan.currency())))
                .orElse(more);
    }

    private static BigDecimal rounded(Plan plan, BigDecimal amount) {
        return new Money(amount, plan.currency()).rounded().amount();
    }
}
