package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.SessionId;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Writes invoices, each with the sealing of its events and its number in the caller's transaction. */
@Component
class InvoiceWriter {

    /** Until the invoice is finalized; then the issuer's days count. */
    private static final int DAYS_TO_PAY = 14;

    private final SubscriptionRepository subscriptions;
    private final InvoiceRepository invoices;
    private final InvoiceSchedule schedule;
    private final CreditRepository credits;
    private final EventSealing sealing;
    private final FeeSealing fees;
    private final TakenBackEnergy takenBack;
    private final InvoiceFinalizer finalizer;
    private final PeriodDiscounts discounts;
    private final InvoicedPeriods invoicedPeriods;
    private final ZoneId zone;
    private final String issuer;

    InvoiceWriter(
            SubscriptionRepository subscriptions,
            InvoiceRepository invoices,
            InvoiceSchedule schedule,
            CreditRepository credits,
            EventSealing sealing,
            FeeSealing fees,
            TakenBackEnergy takenBack,
            InvoiceFinalizer finalizer,
            PeriodDiscounts discounts,
            InvoicedPeriods invoicedPeriods,
            Settings settings) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.schedule = schedule;
        this.credits = credits;
        this.sealing = sealing;
        this.fees = fees;
        this.takenBack = takenBack;
        this.finalizer = finalizer;
        this.discounts = discounts;
        this.invoicedPeriods = invoicedPeriods;
        this.zone = settings.timeZone();
        this.issuer =
                settings.publicUrl().map(url -> String.valueOf(url.getHost())).orElse("Polaris Express");
    }

    /** Writes the invoice of the first fee of a plan paid in advance; empty when that is zero, which needs no invoice. */
    Optional<String> start(SubscriptionPeriod first, Instant now) {
        var plan = first.subscription().plan();
        var draft = new InvoiceDraft(plan.currency(), plan.vatRate());
        PlanFees.line(first).ifPresent(draft::add);
        charged(first);
        if (draft.lines().isEmpty()) {
            return Optional.empty();
        }
        var head = head(first, Invoice.Kind.START, first.inForce(), draft, now);
        return Optional.of(finish(invoices.begin(head), head, Set.of()));
    }

    /** Returns whether a market price of the period's energy is missing, so that it cannot be invoiced yet. */
    boolean lacksMarketPrice(SubscriptionPeriod period) {
        var bounds = period.inForce();
        return !sealing.timed(period.subscription(), bounds.from(), bounds.to()).isPriced(period);
    }

    /**
     * Invoices a billing period: its fee and energy, the next fee if paid in advance, and adjustments.
     *
     * @return the invoice's number; empty when it would have no lines, in which case the period is done without
     *     an invoice
     */
    Optional<String> period(SubscriptionPeriod found, InvoiceSchedule.State state, Instant now) {
        sealing.lock(found.subscription().driver());
        // Energy of earlier periods may have changed what rolled over into this one until the lock was there.
        var subscription = subscriptions.find(found.subscription().id()).orElseThrow();
        var period = new SubscriptionPeriod(subscription, found.whole());
        var plan = period.plan();
        var draft = new InvoiceDraft(plan.currency(), plan.vatRate());
        fees(draft, period, state);
        var waits = invoicedPeriods.waiting(subscription.driver(), Optional.empty());
        var adjusted = giveBack(draft, subscription.driver(), waits, now);
        var round = sealing.seal(period, now);
        draft.covers(period);
        draft.usage(round);
        discounts.add(draft, period);
        var sessions = new LinkedHashSet<>(round.sessions().keySet());
        schedule.invoiced(subscription.id(), period.end());
        late(draft, subscription.driver(), waits, adjusted, now);
        adjust(draft, adjusted, sessions);
        if (draft.lines().isEmpty()
                && !credits.openCurrencies(subscription.driver()).contains(draft.currency())) {
            return Optional.empty();
        }
        var head = head(period, Invoice.Kind.PERIOD, period.whole(), draft, now);
        return Optional.of(finish(head, sessions));
    }

    /**
     * Invoices a driver's credits and adjustments that no period's invoice has taken: one invoice for each
     * currency and VAT rate.
     *
     * @return number of invoices written
     */
    int waiting(AccountId driver, Instant now) {
        sealing.lock(driver);
        int written = 0;
        for (var subscription : subscriptions.of(driver).reversed()) {
            var plan = subscription.plan();
            written += waiting(driver, Optional.of(subscription.id()), plan.currency(), plan.vatRate(), now);
        }
        for (var currency : credits.openCurrencies(driver)) {
            written += waiting(driver, Optional.empty(), currency, BigDecimal.ZERO, now);
        }
        return written;
    }

    private int waiting(
            AccountId driver,
            Optional<SubscriptionId> subscription,
            Currency currency,
            BigDecimal vatRate,
            Instant now) {
        var draft = new InvoiceDraft(currency, vatRate);
        var sessions = new LinkedHashSet<SessionId>();
        adjustments(draft, driver, Optional.empty(), sessions, now);
        boolean nothing =
                draft.lines().isEmpty() && !credits.openCurrencies(driver).contains(currency);
        if (nothing) {
            return 0;
        }
        var today = LocalDate.ofInstant(now, zone);
        finish(
                new InvoiceRepository.Head(
                        driver,
                        subscription,
                        Invoice.Kind.ADJUSTMENT,
                        new Interval(now, now),
                        draft,
                        issuer,
                        today,
                        today.plusDays(DAYS_TO_PAY),
                        now,
                        Optional.empty()),
                sessions);
        return 1;
    }

    /**
     * Writes the invoice that takes the place of a cancelled one: its lines without credits, which are open again, and
     * what the driver's next invoice would have, above all what has changed since in the periods of the cancelled one.
     *
     * @param unreplaced looked up after {@link EventSealing#lock}
     */
    String replacement(Invoice cancelled, CancellationRepository.Unreplaced unreplaced, Instant now) {
        var draft = new InvoiceDraft(cancelled.currency(), unreplaced.vatRate());
        cancelled.lines().stream()
                .filter(line -> line.kind() != InvoiceLine.Kind.CREDIT)
                .forEach(draft::add);
        var sessions = new LinkedHashSet<SessionId>();
        adjustments(draft, cancelled.driver(), Optional.of(cancelled.number()), sessions, now);
        var today = LocalDate.ofInstant(now, zone);
        return finish(
                new InvoiceRepository.Head(
                        cancelled.driver(),
                        unreplaced.subscription(),
                        cancelled.kind(),
                        cancelled.period(),
                        draft,
                        issuer,
                        today,
                        today.plusDays(DAYS_TO_PAY),
                        now,
                        Optional.of(cancelled.number())),
                sessions);
    }

    private void adjustments(
            InvoiceDraft draft, AccountId driver, Optional<String> replaced, Set<SessionId> sessions, Instant now) {
        var waits = invoicedPeriods.waiting(driver, replaced);
        var adjusted = giveBack(draft, driver, waits, now);
        late(draft, driver, waits, adjusted, now);
        adjust(draft, adjusted, sessions);
    }

    private String finish(InvoiceRepository.Head head, Set<SessionId> sessions) {
        long id = invoices.begin(head);
        credits.take(head.driver(), head.draft().currency(), id)
                .forEach(credit -> head.draft().add(credit));
        return finish(id, head, sessions);
    }

    private String finish(long id, InvoiceRepository.Head head, Set<SessionId> sessions) {
        var number = invoices.drawUp(id, head, sessions);
        finalizer.finalize(id, head.now());
        return number;
    }

    private InvoiceRepository.Head head(
            SubscriptionPeriod period, Invoice.Kind kind, Interval shown, InvoiceDraft draft, Instant now) {
        var subscription = period.subscription();
        var today = LocalDate.ofInstant(now, zone);
        return new InvoiceRepository.Head(
                subscription.driver(),
                Optional.of(subscription.id()),
                kind,
                shown,
                draft,
                issuer,
                today,
                today.plusDays(DAYS_TO_PAY),
                now,
                Optional.empty());
    }

    private void fees(InvoiceDraft draft, SubscriptionPeriod period, InvoiceSchedule.State state) {
        var fees = PlanFees.of(period, state);
        fees.lines().forEach(draft::add);
        fees.next().ifPresent(this::charged);
    }

    private void charged(SubscriptionPeriod inAdvance) {
        schedule.charged(inAdvance.subscription().id(), inAdvance.whole().from(), PlanFees.owed(inAdvance));
    }

    /** Adjusts for invoiced energy that was taken back, where currency and VAT rate match the invoice's. */
    private Map<SubscriptionPeriod, EventSealing.Round> giveBack(
            InvoiceDraft draft, AccountId driver, Predicate<SubscriptionPeriod> waits, Instant now) {
        var rounds = new LinkedHashMap<SubscriptionPeriod, EventSealing.Round>();
        takenBack.waiting(driver).forEach((period, parts) -> {
            if (period.plan().isBilledWith(draft.currency(), draft.vatRate()) && !waits.test(period)) {
                rounds.put(period, takenBack.giveBack(period, parts, now));
            }
        });
        return rounds;
    }

    private void adjust(
            InvoiceDraft draft, Map<SubscriptionPeriod, EventSealing.Round> adjusted, Set<SessionId> sessions) {
        var sums = new LinkedHashMap<SubscriptionPeriod, BigDecimal>();
        adjusted.forEach((period, round) -> {
            var before = draft.net();
            draft.adjustments(period, round);
            sums.put(period, draft.net().subtract(before));
            sessions.addAll(round.sessions().keySet());
        });
        discounts.adjust(draft, sums);
    }

    /**
     * Seals energy that arrived, and fees that changed, after their period was invoiced, where currency and VAT rate match
     * the invoice's. Periods with energy that a market price is missing for wait.
     */
    private void late(
            InvoiceDraft draft,
            AccountId driver,
            Predicate<SubscriptionPeriod> waits,
            Map<SubscriptionPeriod, EventSealing.Round> adjusted,
            Instant now) {
        for (var state : schedule.of(driver)) {
            var subscription = subscriptions.find(state.subscription()).orElseThrow();
            if (!subscription.plan().isBilledWith(draft.currency(), draft.vatRate())) {
                continue;
            }
            var through = state.through().orElseThrow();
            var timed = sealing.timed(subscription, subscription.startedAt(), through);
            Stream.concat(
                            sealing.late(subscription, through).keySet().stream()
                                    .map(subscription::periodOfReading),
                            fees.late(subscription, through, now).stream())
                    .distinct()
                    .filter(waits.negate())
                    .filter(timed::isPriced)
                    .sorted(Comparator.comparing(period -> period.whole().from()))
                    .forEach(period -> adjusted.merge(period, sealing.seal(period, now), EventSealing.Round::then));
        }
    }
}
