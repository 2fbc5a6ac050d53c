package express.polaris.billing.cost;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sum over a list equals the sum of its sessions, however many have no cached price. */
class SessionCostSumsTest {

    private final BillingFixture fixture = new BillingFixture();
    private final AccountId anna = fixture.driver();

    @Test
    void theSumIncludesHundredsOfSessionsWithoutACachedPrice() {
        subscribed("2026-05-31T22:00:00Z");
        charged("2026-06-02T10:00:00Z", 250);

        var sum = sums(fixture.clock).of(SessionFilter.of(anna));

        assertThat(amount(sum)).isEqualTo("75.00"); // 250 × 0.30
        assertThat(sum.isComplete()).isTrue();
    }

    /** Fails if sessions without a price are looked up again with each view, before those that have one. */
    @Test
    void aMissingPriceIsCachedToo() {
        subscribed("2026-05-31T22:00:00Z");
        charged("2026-06-02T10:00:00Z", 3);
        charged("2026-05-02T10:00:00Z", 120); // before the subscription
        var first = sums(fixture.clock).of(SessionFilter.of(anna));
        assertThat(amount(first)).isEqualTo("0.90"); // 3 × 0.30
        assertThat(first.isComplete()).isFalse();
        assertThat(kept()).isEqualTo(123);

        assertThat(sums(fixture.clock).of(SessionFilter.of(anna))).isEqualTo(first);

        subscribed("2026-04-30T22:00:00Z", "2026-05-31T22:00:00Z");
        var later = sums(fixture.clock).of(SessionFilter.of(anna));
        assertThat(amount(later)).isEqualTo("36.90"); // 123 × 0.30
        assertThat(later.isComplete()).isTrue();
    }

    @Test
    void aSumThatTakesTooLongContinuesWithTheNextView() {
        subscribed("2026-05-31T22:00:00Z");
        charged("2026-06-02T10:00:00Z", 250);
        var slow = sums(new Slow());
        for (int view = 1; view <= 2; view++) {
            var sum = slow.of(SessionFilter.of(anna));
            assertThat(amount(sum)).isEqualTo(view * 30 + ".00"); // 100 × 0.30 more with each view
            assertThat(sum.isComplete()).isFalse();
        }
        var last = slow.of(SessionFilter.of(anna));
        assertThat(amount(last)).isEqualTo("75.00"); // 250 × 0.30
        assertThat(last.isComplete()).isTrue();
    }

    /** A clock that advances two seconds at each reading. */
    private final class Slow extends Clock {

        @Override
        public Instant instant() {
            fixture.clock.advance(Duration.ofSeconds(2));
            return fixture.clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return fixture.clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private SessionCostSums sums(Clock clock) {
        var costs = new SessionCostService(
                fixture.get(SessionPricing.class),
                fixture.get(SubscriptionRepository.class),
                fixture.get(SessionPriceCache.class),
                fixture.get(PriceFailures.class),
                fixture.get(Settings.class),
                fixture.get(Snapshot.class),
                clock);
        return new SessionCostSums(
                fixture.get(SessionService.class),
                costs,
                fixture.get(SessionPriceCache.class),
                fixture.get(Snapshot.class),
                clock);
    }

    private void subscribed(String from) {
        fixture.subscribe(anna, fixture.plan("monthly", BillingFixture.standard("0.30")), from, Optional.empty());
    }

    private void subscribed(String from, String until) {
        fixture.subscribe(anna, fixture.plan("monthly", BillingFixture.standard("0.30")), from, Optional.of(until));
    }

    private void charged(String first, int sessions) {
        for (int session = 0; session < sessions; session++) {
            var at = Instant.parse(first).plusSeconds(60L * session);
            fixture.charged(anna, new Event(at.toString(), "1"));
        }
    }

    private long kept() {
        return fixture.jdbc
                .sql("select count(*) from session_price")
                .query(Long.class)
                .single();
    }

    private static String amount(SessionCostSums.Sum sum) {
        assertThat(sum.amounts()).hasSize(1);
        return sum.amounts().getFirst().rounded().amount().toPlainString();
    }
}
