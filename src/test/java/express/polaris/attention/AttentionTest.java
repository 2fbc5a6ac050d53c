package express.polaris.attention;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.PlanService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.StuckCause;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A finding appears with its cause and disappears once the cause is fixed or the finding is dismissed. */
@ApplicationTest
class AttentionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Attention attention;
    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final MutableClock clock;
    private final ApplicationContext application;
    private final StoredSessions stored;

    AttentionTest(
            Attention attention,
            Portal portal,
            Charging charging,
            SimulatedSteve steve,
            MutableClock clock,
            ApplicationContext application) {
        this.attention = attention;
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.clock = clock;
        this.application = application;
        this.stored = new StoredSessions(application.getBean(JdbcClient.class));
    }

    private Optional<AttentionItem> item(AttentionKind kind, Object subject) {
        return attention.items().stream()
                .filter(item -> item.kind() == kind && item.subject().equals(subject.toString()))
                .findFirst();
    }

    private AttentionItem told(AttentionKind kind, Object subject) {
        return item(kind, subject).orElseThrow(() -> new AssertionError(kind + " of " + subject + " is not told"));
    }

    private int see(Account operator, AttentionItem item) {
        return attention.seen(
                operator.id(),
                item.kind(),
                Map.of(item.subject(), item.version().orElse("")));
    }

    private AuditLog.Entry lastEntry() {
        return application.getBean(AuditLog.class).page(Optional.empty(), 1).getFirst();
    }

    @Test
    void anUnknownTagIsListedUntilItIsLinked() {
        var tag = "GUEST-" + UUID.randomUUID().toString().substring(0, 8);
        steve.world().addTag(tag);
        long id = steve.world().startTransaction(charging.chargeBox(), 1, tag, clock.instant(), 1000);
        charging.until(id, session -> session.driver().isEmpty());
        var item = told(AttentionKind.UNLINKED_TAG, tag);
        assertThat(item.count()).isEqualTo(1);
        assertThat(item.canBeSeen()).isFalse();
        assertThat(item.finding())
                .isInstanceOfSatisfying(
                        Finding.UnlinkedTag.class,
                        it -> assertThat(it.charging()).isTrue());
        application
                .getBean(CardLinkService.class)
                .link(
                        new IdTag(tag),
                        portal.driver().id(),
                        Optional.empty(),
                        Optional.of(clock.instant().minusSeconds(3000)));
        assertThat(item(AttentionKind.UNLINKED_TAG, tag)).isEmpty();
    }

    @Test
    void aSessionIsListedAsStuckAfterTwoSilentHoursUntilItEnds() {
        long id = charging.live(portal.driver());
        assertThat(item(AttentionKind.STUCK_SESSION, id)).isEmpty();
        clock.advance(Duration.ofHours(2));
        var item = told(AttentionKind.STUCK_SESSION, id);
        assertThat(item.finding())
                .isInstanceOfSatisfying(
                        Finding.StuckSession.class, it -> assertThat(it.cause()).isEqualTo(StuckCause.SILENT));
        charging.end(id, clock.instant(), 7000);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        assertThat(item(AttentionKind.STUCK_SESSION, id)).isEmpty();
    }

    @Test
    void aJumpIsListedUntilAnOperatorConfirmsIt() {
        long id = charging.live(portal.driver());
        var at = charging.now();
        for (int step = 0; step < 4; step++) { // Jumps from 5000 Wh, then continues normally.
            charging.reading(id, at.minusSeconds(240 - 60L * step), 9_001_000 + 500L * step);
        }
        charging.until(id, ChargingSession::hasJump);
        assertThat(told(AttentionKind.IMPLAUSIBLE_ENERGY, id).finding())
                .isInstanceOfSatisfying(
                        Finding.ImplausibleEnergy.class,
                        it -> assertThat(it.energy().wattHours()).isEqualByComparingTo("8996000")); // 9001000 - 5000
        application
                .getBean(EnergyDecisionService.class)
                .confirmJump(portal.operator().id(), new SessionId(id), "A ferry");
        charging.until(id, session -> !session.hasJump());
        assertThat(item(AttentionKind.IMPLAUSIBLE_ENERGY, id)).isEmpty();
    }

    /** The stop value comes from another register. */
    private long disputed(Account driver) {
        long id = charging.live(driver);
        charging.end(id, charging.now(), 2_001_000);
        charging.until(id, session -> session.energies().dispute().isPresent());
        return id;
    }

    @Test
    void aDisputeIsListedWithItsAmountUntilItIsDecided() {
        var driver = portal.driver();
        new BillingData(application)
                .subscribe(driver, charging.now().minus(Duration.ofDays(1)).toString());
        long id = disputed(driver);
        var item = told(AttentionKind.DISPUTED_ENERGY, id);
        assertThat(item.canBeSeen()).isFalse();
        assertThat(item.finding()).isInstanceOfSatisfying(Finding.DisputedEnergy.class, it -> {
            assertThat(it.larger()).isTrue();
            assertThat(it.stake().kilowattHours()).isEqualByComparingTo("1996"); // 2000 - 4
            assertThat(it.price().orElseThrow().amount()).isEqualByComparingTo("598.80"); // 1996 × 0.30
        });
        application
                .getBean(EnergyDecisionService.class)
                .decide(portal.operator().id(), new SessionId(id), Use.MEASURED, Optional.empty(), "By the readings");
        assertThat(item(AttentionKind.DISPUTED_ENERGY, id)).isEmpty();
    }

    /** Red means that fees wait for a reading, and no operator learns of it. */
    @Test
    void aClosedSessionWithoutAFinalReadingSaysWhetherFeesWaitForIt() {
        var start = charging.now().minus(Duration.ofHours(3));
        var ann = portal.driver();
        var ben = portal.driver();
        var code = "fees-" + UUID.randomUUID();
        var plan = new HashMap<>(TestPlan.standard(code, "0.30").json());
        plan.put(
                "charges",
                List.of(Map.of(
                        "billable_metric_code",
                        "idle_minutes",
                        "charge_model",
                        "standard",
                        "properties",
                        Map.of("amount", "0.05"))));
        application.getBean(PlanService.class).save(plan);
        var billing = new BillingData(application);
        billing.assign(ann, code, start.minus(Duration.ofDays(1)).toString());
        billing.subscribe(ben, start.minus(Duration.ofDays(1)).toString());
        assertThat(unclosed(ann, start).feesWait()).isTrue();
        assertThat(unclosed(ben, start).feesWait()).isFalse();
    }

    private Finding.AwaitingFinalReading unclosed(Account driver, Instant start) {
        long id = stored.open("unclosed", Optional.of(driver.id().value()), start);
        stored.event(id, 0, start, start.plusSeconds(3600), "4", "{}", false);
        stored.close(id, start.plusSeconds(3600), "4");
        stored.set(id, "closing_problem", "missing");
        return (Finding.AwaitingFinalReading)
                told(AttentionKind.AWAITING_FINAL_READING, id).finding();
    }

    @Test
    void aDisputeOfASessionWithoutAnOwnerHasNoAmount() {
        var tag = "GUEST-" + UUID.randomUUID().toString().substring(0, 8);
        steve.world().addTag(tag);
        long id = steve.world()
                .startTransaction(charging.chargeBox(), 1, tag, charging.now().minusSeconds(1800), 1000);
        charging.reading(id, charging.now().minusSeconds(1200), 3000);
        charging.reading(id, charging.now().minusSeconds(600), 5000);
        charging.end(id, charging.now(), 2_001_000);
        charging.until(id, session -> session.energies().dispute().isPresent());
        assertThat(told(AttentionKind.DISPUTED_ENERGY, id).finding())
                .isInstanceOfSatisfying(
                        Finding.DisputedEnergy.class,
                        it -> assertThat(it.price()).isEmpty());
    }

    /** A session register beside a start value from a lifetime register loses no energy and causes no dispute. */
    @Test
    void aSessionRegisterBesideALifetimeStartValueNeedsNoAttention() {
        var start = charging.now().minusSeconds(1800);
        var tag = charging.card(portal.driver(), "Fob").idTag().value();
        long id = steve.world().startTransaction(charging.chargeBox(), 1, tag, start, 4_711_000);
        for (int step = 1; step <= 5; step++) {
            charging.reading(id, start.plusSeconds(300L * step), 1000L * step);
        }
        charging.end(id, start.plusSeconds(1600), 4_716_000);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        assertThat(attention.items())
                .filteredOn(item -> !(item.finding() instanceof Finding.NoSubscription)) // its subject is a driver
                .noneMatch(item -> item.subject().equals(Long.toString(id)));
    }

    @Test
    void aWrongClockIsListedForASessionNeverSeenLiveUntilMarkedAsSeen() {
        var start = charging.now().minus(Duration.ofHours(3));
        long id = stored.completed("clock", Optional.of(portal.driver().id().value()), start, "5");
        stored.set(id, "first_seen_at", start.plus(Duration.ofHours(1)));
        stored.set(id, "flags", new String[] {"clock"});
        var item = told(AttentionKind.WRONG_CLOCK, id);
        assertThat(see(portal.operator(), item)).isEqualTo(1);
        assertThat(item(AttentionKind.WRONG_CLOCK, id)).isEmpty();
    }

    @Test
    void aFindingMarkedAsSeenIsAuditedAndReturnsOnlyInANewVersion() {
        var operator = portal.operator();
        var now = charging.now();
        long id = stored.completed("gone", Optional.of(portal.driver().id().value()), now.minusSeconds(7200), "5");
        stored.set(id, "gone_from_steve_at", now.minusSeconds(600));
        var item = told(AttentionKind.VANISHED_TRANSACTION, id);
        assertThat(attention.seen(operator.id(), item.kind(), Map.of(item.subject(), "an older version")))
                .isZero();
        assertThat(see(operator, item)).isEqualTo(1);
        assertThat(item(AttentionKind.VANISHED_TRANSACTION, id)).isEmpty();
        var entry = lastEntry();
        assertThat(entry.action()).isEqualTo("attention.seen");
        assertThat(entry.subject()).isEqualTo("vanished_transaction " + id);
        assertThat(entry.actor()).contains(operator.id());
        assertThat(see(operator, item)).isZero();
        assertThat(lastEntry().id()).isEqualTo(entry.id());
        stored.set(id, "gone_from_steve_at", now.minusSeconds(60));
        assertThat(told(AttentionKind.VANISHED_TRANSACTION, id).version()).isNotEqualTo(item.version());
    }

    @Test
    void aFixableFindingCannotBeMarkedAsSeen() {
        var driver = portal.driver();
        application
                .getBean(OperatorBilling.class)
                .savePlan(
                        portal.operator().id(),
                        TestPlan.unsupported("odd-" + UUID.randomUUID()).json());
        stored.completed(
                "unpriced", Optional.of(driver.id().value()), charging.now().minusSeconds(9000), "4");
        var item = told(AttentionKind.UNPRICED_SESSIONS, driver.id());
        assertThat(see(portal.operator(), item)).isZero();
        assertThat(item(AttentionKind.UNPRICED_SESSIONS, driver.id())).isPresent();
    }

    @Test
    void aDriversNoteIsQuotedUntilItIsMarkedAsSeen() {
        var driver = portal.driver();
        long id = charging.completed(driver, charging.now().minus(Duration.ofHours(3)));
        application.getBean(OperatorNotes.class).aboutSession(driver.id(), id, "It said 7 kWh");
        var item = attention.items().stream()
                .filter(it -> it.finding() instanceof Finding.DriverNote note
                        && note.session().value() == id)
                .findFirst()
                .orElseThrow();
        assertThat(((Finding.DriverNote) item.finding()).words()).isEqualTo("It said 7 kWh");
        see(portal.operator(), item);
        assertThat(item(AttentionKind.DRIVER_NOTE, item.subject())).isEmpty();
    }

    @Test
    void findingsOfAKindAreListedSinglyUpToFiftyAndTheRestAsOne() {
        var driver = Optional.of(portal.driver().id().value());
        var longAgo = charging.now().minus(Duration.ofDays(80));
        for (int i = 0; i < 52; i++) {
            long id = stored.completed("gone", driver, longAgo.minusSeconds(i), "1");
            stored.set(id, "gone_from_steve_at", longAgo);
        }
        var items = attention.items().stream()
                .filter(item -> item.kind() == AttentionKind.VANISHED_TRANSACTION)
                .toList();
        assertThat(items).hasSize(51);
        assertThat(items.getLast().finding()).isEqualTo(new Finding.More(AttentionKind.VANISHED_TRANSACTION));
        assertThat(items.getLast().count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theApiReturnsTheSameFindings() {
        var driver = portal.driver();
        stored.completed(
                "unpriced", Optional.of(driver.id().value()), charging.now().minusSeconds(9000), "4");
        application
                .getBean(OperatorBilling.class)
                .savePlan(
                        portal.operator().id(),
                        TestPlan.unsupported("odd-" + UUID.randomUUID()).json());
        var answer = portal.withToken(portal.operator()).get("/api/v1/operator/attention");
        assertThat(answer.statusCode()).isEqualTo(200);
        var found = JSON.readTree(answer.body())
                .path("items")
                .valueStream()
                .filter(item -> item.path("kind").asString().equals("unpriced_sessions")
                        && item.path("subject").asString().equals(driver.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(found.path("count").asInt()).isEqualTo(1);
        assertThat(found.path("since").asString()).endsWith("Z");
        assertThat(found.path("message").asString())
                .isEqualTo("Driver: 1 session with 4.00 kWh not covered by a subscription");
        assertThat(found.path("href").asString()).isEqualTo("/operator/drivers/" + driver.id() + "/subscriptions");
    }
}
