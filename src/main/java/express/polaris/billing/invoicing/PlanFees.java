package express.polaris.billing.invoicing;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.Proration;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plan fees on the invoice of a billing period: the period's fee less what was paid in advance, and the
 * next fee if paid in advance.
 *
 * @param next period whose fee is charged in advance, even if that fee is zero
 */
record PlanFees(List<InvoiceLine> lines, Optional<SubscriptionPeriod> next) {

    static PlanFees of(SubscriptionPeriod period, InvoiceSchedule.State state) {
        var lines = new ArrayList<InvoiceLine>();
        var paid = state.advanceFor().filter(period.whole().from()::equals).flatMap(from -> state.advanceFee());
        var currency = period.plan().currency();
        var rest = new Money(owed(period).subtract(paid.orElse(BigDecimal.ZERO)), currency)
                .rounded()
                .amount();
        if (rest.signum() != 0) {
            lines.add(InvoiceLine.amount(paid.isPresent() ? new LineSubject.UnusedDays() : subject(period), rest));
        }
        var subscription = period.subscription();
        var next = Optional.of(new SubscriptionPeriod(
                        subscription, subscription.periods().next(period.whole())))
                .filter(following -> subscription.plan().payInAdvance())
                .filter(following -> following.inForce().duration().isPositive());
        next.flatMap(PlanFees::line).ifPresent(lines::add);
        return new PlanFees(List.copyOf(lines), next);
    }

    /** The fee for the days the subscription is in force, rounded to the currency's fraction digits. */
    static BigDecimal owed(SubscriptionPeriod period) {
        var fee = period.plan().fee();
        var share = Proration.of(
                        period.inForce(), period.whole(), period.subscription().timeZone())
                .of(fee.amount());
        return new Money(share, fee.currency()).rounded().amount();
    }

    /** Returns the line of a period's fee; empty for a fee of zero. */
    static Optional<InvoiceLine> line(SubscriptionPeriod period) {
        return Optional.of(owed(period))
                .filter(fee -> fee.signum() != 0)
                .map(fee -> InvoiceLine.amount(subject(period), fee));
    }

    private static LineSubject subject(SubscriptionPeriod period) {
        var zone = period.subscription().timeZone();
        var bounds = period.inForce();
        return new LineSubject.PlanFee(
                period.plan().name(),
                bounds.from().atZone(zone).toLocalDate(),
                bounds.to().minusNanos(1).atZone(zone).toLocalDate());
    }
}
