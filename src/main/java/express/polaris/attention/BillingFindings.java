package express.polaris.attention;

import express.polaris.billing.BillingConcerns;
import express.polaris.billing.BillingConcerns.Uncovered;
import express.polaris.billing.cost.PriceFailures;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Findings about billing: sessions without a price, plans that it does not support, invoices without an issuer, and market
 * prices that do not come.
 */
@Component
class BillingFindings implements FindingSource {

    private static final Duration RECENT = Duration.ofDays(30);

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final BillingConcerns billing;
    private final PriceFailures priceFailures;
    private final PriceSeriesService series;
    private final FindingPeople people;

    BillingFindings(
            BillingConcerns billing, PriceFailures priceFailures, PriceSeriesService series, FindingPeople people) {
        this.billing = billing;
        this.priceFailures = priceFailures;
        this.series = series;
        this.people = people;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var items = new ArrayList<AttentionItem>();
        unpriced(billing.uncovered(now.minus(RECENT), MOST_SEEN), items);
        priceFailures
                .recent()
                .forEach(failure -> items.add(AttentionItem.about(
                        failure.session(),
                        Optional.of(failure.at()),
                        new Finding.PriceFailed(failure.session()),
                        Optional.empty())));
        unsupportedPlans(now, items);
        billing.prepared()
                .ifPresent(prepared -> items.add(new AttentionItem(
                        "",
                        prepared.invoices(),
                        Optional.of(prepared.since()),
                        new Finding.PreparedInvoices(prepared.invoices()),
                        Optional.empty())));
        failedPolls(now, items);
        return items;
    }

    /** Without any plan, one finding replaces the finding of each driver. */
    private void unpriced(List<Uncovered> uncovered, List<AttentionItem> items) {
        if (uncovered.isEmpty()) {
            return;
        }
        if (!billing.hasPlans()) {
            long count = uncovered.stream().mapToLong(Uncovered::sessions).sum();
            var energy = uncovered.stream().map(Uncovered::energy).reduce(Energy.ZERO, Energy::plus);
            var since = uncovered.stream().map(Uncovered::since).min(Instant::compareTo);
            items.add(new AttentionItem("", count, since, new Finding.NoPlan(count, energy), Optional.empty()));
            return;
        }
        var drivers = people.of(uncovered.stream().map(Uncovered::driver).toList());
        for (var driver : uncovered) {
            items.add(new AttentionItem(
                    driver.driver().toString(),
                    driver.sessions(),
                    Optional.of(driver.since()),
                    new Finding.NoSubscription(drivers.apply(driver.driver()), driver.sessions(), driver.energy()),
                    Optional.empty()));
        }
    }

    private void failedPolls(Instant now, List<AttentionItem> items) {
        for (var found : series.list()) {
            var since = found.poll().flatMap(poll -> poll.failingSince());
            if (since.filter(first -> !first.isAfter(now.minus(PATIENCE))).isPresent()) {
                var failure = found.poll().flatMap(poll -> poll.failure()).orElseThrow();
                items.add(new AttentionItem(
                        found.code(),
                        1,
                        since,
                        new Finding.FailedPricePoll(found.code(), found.name(), failure, since.get()),
                        since.map(Instant::toString)));
            }
        }
    }

    private void unsupportedPlans(Instant now, List<AttentionItem> items) {
        for (var found : billing.unsupportedPlans(now)) {
            var plan = found.plan();
            items.add(new AttentionItem(
                    plan.code() + " " + plan.version(),
                    Math.max(1, found.subscriptions()),
                    Optional.of(found.since()),
                    new Finding.UnsupportedPlan(
                            plan.code(), plan.name(), plan.version(), plan.unsupported(), found.subscriptions()),
                    Optional.empty()));
        }
    }
}
