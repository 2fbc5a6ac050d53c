package express.polaris.billing.invoicing;

import express.polaris.billing.cost.SessionFees;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PriceTag;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines of an invoice being drawn up, and their sums. */
final class InvoiceDraft {

    private final Currency currency;
    private final BigDecimal vatRate;
    private final List<InvoiceLine> lines = new ArrayList<>();
    private final Set<SubscriptionPeriod> periods = new LinkedHashSet<>();

    InvoiceDraft(Currency currency, BigDecimal vatRate) {
        this.currency = currency;
        this.vatRate = vatRate;
    }

    /** One session's share of an invoice, unrounded. */
    record Share(Energy energy, BigDecimal amount) {
        Share plus(Energy moreEnergy, BigDecimal more) {
            return new Share(energy.plus(moreEnergy), amount.add(more));
        }
    }

    /** Notes that the invoice has energy or fees of a billing period. */
    void covers(SubscriptionPeriod period) {
        periods.add(period);
    }

    Set<SubscriptionPeriod> periods() {
        return Collections.unmodifiableSet(periods);
    }

    void add(InvoiceLine line) {
        lines.add(line);
    }

    /**
     * Adds the period's energy and fees by band, and again by session. Each band's amount is the difference of two
     * rounded running sums, so the bands add up to the rounded amount of the period; a separate line holds the
     * rounding difference of the sessions.
     */
    void usage(EventSealing.Round round) {
        var exact = BigDecimal.ZERO;
        var charged = BigDecimal.ZERO;
        for (var band : round.bands()) {
            exact = exact.add(band.amount());
            var upToHere = rounded(exact);
            var tag = band.tag();
            lines.add(new InvoiceLine(
                    new LineSubject.EnergyBand(band.band().above(), band.band().upTo(), tag.flatMap(PriceTag::name)),
                    Optional.of(band.energy()),
                    Optional.of(band.unitPrice())
                            .filter(price -> tag.filter(PriceTag::isMarket).isEmpty()),
                    upToHere.subtract(charged)));
            charged = upToHere;
        }
        for (var fee : SessionFees.merged(
                round.fees().values().stream().flatMap(List::stream).toList())) {
            exact = exact.add(fee.amount());
            var upToHere = rounded(exact);
            lines.add(new InvoiceLine(
                    usage(fee), Optional.empty(), Optional.of(fee.unitPrice()), upToHere.subtract(charged)));
            charged = upToHere;
        }
        lines.addAll(bySession(round.sessions(), charged));
    }

    private List<InvoiceLine> bySession(Map<SessionId, Share> sessions, BigDecimal charged) {
        var told = new ArrayList<InvoiceLine>();
        var sum = BigDecimal.ZERO;
        var rest = Energy.ZERO;
        int others = 0;
        for (var entry : sessions.entrySet()) {
            var share = entry.getValue();
            if (share.amount().signum() == 0) {
                rest = rest.plus(share.energy());
                others++;
            } else {
                var amount = rounded(share.amount());
                told.add(InvoiceLine.energy(
                        new LineSubject.OneSession(entry.getKey(), Optional.empty()), share.energy(), amount));
                sum = sum.add(amount);
            }
        }
        if (others > 0) {
            told.add(InvoiceLine.energy(new LineSubject.OtherSessions(others), rest, rounded(BigDecimal.ZERO)));
        }
        if (charged.compareTo(sum) != 0) {
            told.add(InvoiceLine.amount(new LineSubject.Rounding(), charged.subtract(sum)));
        }
        return told;
    }

    /**
     * Adds a line for the late energy, and for each fee, of each session where it changes the amount owed. Each amount is
     * the difference of two rounded running sums, so all invoices of a period add up to its rounded amount.
     */
    void adjustments(SubscriptionPeriod period, EventSealing.Round late) {
        var from =
                period.whole().from().atZone(period.subscription().timeZone()).toLocalDate();
        int linesBefore = lines.size();
        var sum = new RunningSum(late.owedBefore());
        late.sessions().forEach((session, share) -> {
            var fees = SessionFees.merged(late.fees().getOrDefault(session, List.of()));
            addUnlessZero(InvoiceLine.energy(
                    new LineSubject.LateEnergy(session, from, Optional.empty()),
                    share.energy(),
                    sum.add(share.amount().subtract(EventSealing.amount(fees)))));
            fees.forEach(fee -> addUnlessZero(new InvoiceLine(
                    new LineSubject.LateUsage(session, from, usage(fee), Optional.empty()),
                    Optional.empty(),
                    Optional.of(fee.unitPrice()),
                    sum.add(fee.amount()))));
        });
        if (lines.size() > linesBefore) {
            covers(period);
        }
    }

    private static LineSubject.Usage usage(FeeLine fee) {
        return new LineSubject.Usage(fee.metric(), fee.quantity(), fee.name());
    }

    private void addUnlessZero(InvoiceLine line) {
        if (line.amount().signum() != 0) {
            lines.add(line);
        }
    }

    /** Rounds the sum so far, so that what is added has an amount by which the rounded sum changes. */
    private final class RunningSum {

        private BigDecimal exact;

        RunningSum(BigDecimal before) {
            exact = before;
        }

        BigDecimal add(BigDecimal more) {
            var before = rounded(exact);
            exact = exact.add(more);
            return rounded(exact).subtract(before);
        }
    }

    BigDecimal rounded(BigDecimal amount) {
        return new Money(amount, currency).rounded().amount();
    }

    List<InvoiceLine> lines() {
        return List.copyOf(lines);
    }

    Currency currency() {
        return currency;
    }

    BigDecimal vatRate() {
        return vatRate;
    }

    BigDecimal net() {
        return lines.stream()
                .filter(line -> line.kind().counts())
                .map(InvoiceLine::amount)
                .reduce(rounded(BigDecimal.ZERO), BigDecimal::add);
    }

    BigDecimal vat() {
        return rounded(net().multiply(vatRate).movePointLeft(2));
    }
}
