package express.polaris.billing;

import express.polaris.pricing.Proration;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plan fees on the invoice of a billing period: what the period owes beside what was paid for it in advance, and the
 * next one's fee where that is paid in advance.
 *
 * @param next the period whose fee is charged in advance, also a fee of zero
 */
record PlanFees(List<InvoiceLine> lines, Optional<SubscriptionPeriod> next) {

    static PlanFees of(SubscriptionPeriod period, InvoiceSchedule.State state) {
        var lines = new ArrayList<InvoiceLine>();
        var paid = state.advanceFor().filter(period.whole().from()::equals).flatMap(from -> state.advanceFee());
        var currency = period.subscription().plan().currency();
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

    /** The fee for the days in which the subscription is in force, at the currency's own digits. */
    static BigDecimal owed(SubscriptionPeriod period) {
        var fee = period.subscription().plan().fee();
        var share = Proration.of(
                        period.inForce(), period.whole(), period.subscription().timeZone())
                .of(fee.amount());
        return new Money(share, fee.currency()).rounded().amount();
    }

    /** The line of a period's fee; empty for a fee of zero. */
    static Optional<InvoiceLine> line(SubscriptionPeriod period) {
        return Optional.of(owed(period))
                .filter(fee -> fee.signum() != 0)
                .map(fee -> InvoiceLine.amount(subject(period), fee));
    }

    private static LineSubject subject(SubscriptionPeriod period) {
        var zone = period.subscription().timeZone();
        var bounds = period.inForce();
        return new LineSubject.PlanFee(
                period.subscription().plan().name(),
                bounds.from().atZone(zone).toLocalDate(),
                bounds.to().minusNanos(1).atZone(zone).toLocalDate());
    }
}
