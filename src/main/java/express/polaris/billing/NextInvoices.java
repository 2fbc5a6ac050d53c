package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What the next invoice of a driver would say if it were drawn up now, by the rules by which it will be. */
@Service
public class NextInvoices {

    private final InvoiceSchedule schedule;
    private final SubscriptionRepository subscriptions;
    private final CreditRepository credits;
    private final Sealing sealing;

    NextInvoices(
            InvoiceSchedule schedule, SubscriptionRepository subscriptions, CreditRepository credits, Sealing sealing) {
        this.schedule = schedule;
        this.subscriptions = subscriptions;
        this.credits = credits;
        this.sealing = sealing;
    }

    /**
     * The invoice of the period that the usage is of.
     *
     * @param usage of the current billing period; without a subscription there is no invoice
     */
    public Optional<NextInvoice> of(AccountId driver, PeriodUsage usage) {
        return usage.subscription().map(subscription -> {
            var period = new SubscriptionPeriod(subscription, usage.period());
            var currency = subscription.plan().currency();
            return new NextInvoice(
                    new Money(PlanFees.owed(period), currency),
                    usage.amount().map(energy -> new Money(net(driver, period, energy), currency)));
        });
    }

    private BigDecimal net(AccountId driver, SubscriptionPeriod period, Money energy) {
        var subscription = period.subscription();
        var state = schedule.find(subscription.id())
                .orElseGet(() -> new InvoiceSchedule.State(
                        subscription.id(), Optional.empty(), Optional.empty(), Optional.empty()));
        var net = PlanFees.of(period, state).lines().stream()
                .map(InvoiceLine::amount)
                .reduce(energy.rounded().amount(), BigDecimal::add);
        // What waits goes with the first invoice that comes, and that may still be the one of the period before.
        boolean comesFirst = state.through()
                .map(period.whole().from()::equals)
                .orElseGet(
                        () -> !subscription.startedAt().isBefore(period.whole().from()));
        return comesFirst
                ? net.add(adjustments(driver, subscription.plan())).subtract(credits.open(driver, energy.currency()))
                : net;
    }

    private BigDecimal adjustments(AccountId driver, Plan onInvoiceOf) {
        var sum = BigDecimal.ZERO;
        for (var state : schedule.of(driver)) {
            var subscription = subscriptions.find(state.subscription()).orElseThrow();
            if (subscription.plan().isBilledWith(onInvoiceOf.currency(), onInvoiceOf.vatRate())) {
                var late = new HashMap<SubscriptionPeriod, Energy>();
                sealing.late(subscription, state.through().orElseThrow())
                        .forEach((at, energy) -> late.merge(subscription.periodOfReading(at), energy, Energy::plus));
                for (var entry : late.entrySet()) {
                    sum = sum.add(adjustment(entry.getKey(), entry.getValue()));
                }
            }
        }
        return sum;
    }

    /** Rounded running sums, as on the lines of an invoice, leave the difference of the first and the last. */
    private BigDecimal adjustment(SubscriptionPeriod period, Energy late) {
        var plan = period.subscription().plan();
        var invoiced = sealing.sealedBefore(period);
        return rounded(plan, plan.owed(invoiced.plus(late))).subtract(rounded(plan, plan.owed(invoiced)));
    }

    private static BigDecimal rounded(Plan plan, BigDecimal amount) {
        return new Money(amount, plan.currency()).rounded().amount();
    }
}
