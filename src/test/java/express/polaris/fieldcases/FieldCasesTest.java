package express.polaris.fieldcases;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays each case against the whole application and compares what people see; {@code -Dpolaris.fieldcase=m05} runs a
 * single case. Fails if energy, money or time is wrong for a charger that exists in the field.
 */
@ApplicationTest
class FieldCasesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONE_ALONE = "polaris.fieldcase";
    private static final String PRICE = "0.30";
    private static final String PLAN = "field-cases";
    private static final Duration LINKED_BEFORE = Duration.ofDays(60);
    private static final int LOOKS = 60;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Portal portal;
    private final SimulatedSteve steve;
    private final SyncEngine engine;
    private final SessionService sessions;
    private final SessionWatchers watchers;
    private final MutableClock clock;
    private final Browser operator;

    @Autowired
    private CardLinkService links;

    @Autowired
    private PlanService plans;

    @Autowired
    private SubscriptionService subscriptions;

    FieldCasesTest(
            Portal portal,
            SimulatedSteve steve,
            SyncEngine engine,
            SessionService sessions,
            SessionWatchers watchers,
            MutableClock clock) {
        this.portal = portal;
        this.steve = steve;
        this.engine = engine;
        this.sessions = sessions;
        this.watchers = watchers;
        this.clock = clock;
        this.operator = portal.withToken(portal.operator());
    }

    /** A running engine would go on past the ids that the case is about to use. */
    @BeforeEach
    void continueIds() {
        engine.stop();
        portal.continueIds(steve);
    }

    @AfterEach
    void goOn() {
        if (!engine.isRunning()) {
            engine.start();
        }
    }

    static Stream<FieldCase> cases() {
        var wanted = System.getProperty(ONE_ALONE, "");
        return FieldCase.all().filter(each -> each.id().startsWith(wanted));
    }

    @Test
    void noCaseIsMissing() {
        assertThat(FieldCase.all()).hasSizeGreaterThanOrEqualTo(39);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyoneSeesWhatIsRight(FieldCase given) {
        var beginning = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var driver = portal.driver();
        subscribe(driver, beginning);
        var tag = given.tag().orElse("tag-" + given.id());
        link(given.card().orElse(tag), driver, beginning);
        var box = "cp-" + given.id();
        given.limit().ifPresent(limit -> enterLimit(box, limit));
        var twin = given.twin() ? Optional.of(twin(given, box, tag, beginning)) : Optional.<Long>empty();
        long id = steve.world().startTransaction(box, 1, tag, beginning, 0);
        var faults = new ArrayList<String>();
        for (int step = 0; step < given.steps().size(); step++) {
            engine.stop();
            play(given.steps().get(step), id, box, tag, beginning);
            // The engine may read the session as soon as it runs, and a completed session only once.
            clock.advance(Duration.ofSeconds(1));
            var since = clock.instant();
            engine.start();
            read(id, since, given.steps().get(step).transaction().stop().isPresent());
            var shown = shown(id, driver, twin, beginning);
            for (var fault : shown.faults(given.steps().get(step).expectations())) {
                faults.add("step " + (step + 1) + ": " + fault);
            }
        }
        assertThat(faults).as(given.right()).isEmpty();
    }

    private void subscribe(Account driver, Instant beginning) {
        if (plans.find(PLAN).isEmpty()) {
            plans.save(TestPlan.standard(PLAN, PRICE).json());
        }
        var from = beginning.minus(LINKED_BEFORE).toString();
        subscriptions.subscribe(new NewSubscription(driver.id(), PLAN, from, "calendar", "Europe/Berlin"));
    }

    private void link(String tag, Account driver, Instant beginning) {
        links.link(
                IdTag.parse(tag).orElseThrow(),
                driver.id(),
                Optional.of("Card"),
                Optional.of(beginning.minus(LINKED_BEFORE)));
    }

    private void enterLimit(String box, String limit) {
        var answer = operator.call("PUT", "/api/v1/operator/chargers/" + box, """
                {"name":"%s","location":"","connectors":[{"id":1,"maxKw":%s}]}
                """.formatted(box, limit));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private long twin(FieldCase given, String box, String tag, Instant beginning) {
        var second = given.steps().getFirst().transaction();
        var start = FieldCase.instant(second.start(), beginning).minusSeconds(2);
        return steve.world().startTransaction(box, 1, tag, start, second.startValue());
    }

    /** Sets SteVe to the state of a step, while nothing reads it. */
    private void play(FieldCase.Step step, long id, String box, String tag, Instant beginning) {
        SteveWorld world = steve.world();
        var transaction = step.transaction();
        var spelledBox = transaction.box().orElse(box);
        world.forgetTransaction(id);
        world.spellChargeBox(spelledBox);
        world.startTransactionAs(
                id,
                spelledBox,
                1,
                transaction.tag().orElse(tag),
                FieldCase.instant(transaction.start(), beginning),
                transaction.startValue());
        world.addMeterValues(
                id,
                step.rows().stream().map(row -> FieldCase.value(row, beginning)).toList());
        transaction
                .stop()
                .ifPresent(stop -> world.stopTransaction(
                        id,
                        FieldCase.instant(stop, beginning),
                        transaction.stopValue(),
                        transaction.reason(),
                        StopActor.valueOf(transaction.actor().toUpperCase(Locale.ROOT))));
    }

    /**
     * Runs sync until SteVe's current answer is imported, however slow the machine is; an unexpected end state is left
     * to the expectations.
     */
    private void read(long id, Instant since, boolean stopped) {
        engine.runNow();
        var looksAfterRead = new AtomicInteger();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .atMost(PATIENCE)
                .until(() -> {
                    var read = sessions.find(new SessionId(id)).filter(session -> isReadSince(session, since));
                    if (read.filter(session -> !stopped || (!session.isLive() && session.isFinal()))
                            .isPresent()) {
                        return true;
                    }
                    watchers.watch(new SessionId(id)).close();
                    clock.advance(Duration.ofMillis(500));
                    return read.isPresent() && looksAfterRead.incrementAndGet() == LOOKS;
                });
    }

    private static boolean isReadSince(ChargingSession session, Instant since) {
        return session.lastReadAt().filter(read -> !read.isBefore(since)).isPresent();
    }

    private ShownSession shown(long id, Account driver, Optional<Long> twin, Instant beginning) {
        var own = portal.withToken(driver);
        return new ShownSession(
                json(own, "/sessions/" + id),
                items(own, "/sessions/" + id + "/timeline"),
                items(operator, "/operator/attention"),
                portal.signedIn(driver).get("/sessions/" + id),
                twin.filter(this::isStuck).isPresent(),
                beginning,
                clock.instant());
    }

    private boolean isStuck(long id) {
        return items(operator, "/operator/transactions?stuck=true&limit=200").stream()
                .anyMatch(item -> item.path("id").asLong() == id);
    }

    private static List<JsonNode> items(Browser browser, String path) {
        return json(browser, path).path("items").valueStream().toList();
    }

    private static JsonNode json(Browser browser, String path) {
        return JSON.readTree(browser.get("/api/v1" + path).body());
    }
}
