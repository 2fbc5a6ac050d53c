package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.steve.SteveSettings;
import express.polaris.sync.SyncHarness;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One case of {@code billing/cases.json} on its own database: saves the plans and subscriptions and runs the sessions
 * through a simulated SteVe. Drivers have the names of the case; the card {@code TAG-name} belongs to the driver of
 * that name.
 */
final class BillingCase implements AutoCloseable {

    private static final Instant BEFORE_EVERYTHING = Instant.parse("2026-01-01T00:00:00Z");

    private final MutableClock stevesClock = new MutableClock(BEFORE_EVERYTHING);
    private final SimulatedSteve steve = new SimulatedSteve(new SteveWorld(stevesClock)).start();
    private final DataSource database = TestDatabase.freshPool();
    final SyncHarness sync = new SyncHarness(
            SteveSettings.of(steve.baseUrl(), steve.username(), steve.password()), database, Optional.empty());
    final BillingFixture billing = new BillingFixture(database);
    private final Map<String, AccountId> drivers = new HashMap<>();
    private final Data data;

    private record Data(List<Map<String, Object>> plans, List<Subscribed> subscriptions, List<Charged> sessions) {}

    private record Subscribed(
            String driverId, String planCode, String startedAt, String billingTime, String timeZone) {}

    private record Charged(
            String idTag,
            String chargeBoxId,
            String start,
            long startValue,
            List<List<Object>> readings,
            String stop,
            long stopValue) {}

    BillingCase(String name) {
        data = Objects.requireNonNull(read().get(name));
        at(BEFORE_EVERYTHING.toString());
        data.plans().forEach(this::plan);
        data.subscriptions().forEach(this::subscribe);
    }

    private static Map<String, Data> read() {
        try (var file = Objects.requireNonNull(BillingCase.class.getResourceAsStream("/billing/cases.json"))) {
            return JsonMapper.builder().build().readValue(file, new TypeReference<Map<String, Data>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void plan(Map<String, ?> json) {
        billing.get(PlanService.class).save(json);
    }

    private void subscribe(Subscribed wanted) {
        billing.get(SubscriptionService.class)
                .subscribe(new NewSubscription(
                        driver(wanted.driverId()),
                        wanted.planCode(),
                        wanted.startedAt(),
                        wanted.billingTime(),
                        wanted.timeZone()));
    }

    void changePlan(String driver, String plan, String at, String zone) {
        billing.get(SubscriptionService.class)
                .changePlan(new NewSubscription(driver(driver), plan, at, "calendar", zone));
    }

    void terminate(String driver, String at) {
        var subscriptions = billing.get(SubscriptionService.class);
        subscriptions.terminate(subscriptions.of(driver(driver)).getFirst().id(), at);
    }

    AccountId driver(String name) {
        return drivers.computeIfAbsent(name, missing -> {
            var driver = sync.driver(missing);
            sync.link("TAG-" + missing, driver, BEFORE_EVERYTHING);
            return driver;
        });
    }

    /** Runs all sessions of the case in order, each known to SteVe when it stops. */
    List<SessionId> chargeAll() {
        var sessions = new ArrayList<SessionId>();
        data.sessions().forEach(session -> sessions.add(charge(session, session.stop())));
        return sessions;
    }

    /** Runs one session of the case, which SteVe learns about at {@code knownAt}, possibly after its stop. */
    SessionId charge(int place, String knownAt) {
        return charge(data.sessions().get(place), knownAt);
    }

    private SessionId charge(Charged session, String knownAt) {
        at(knownAt);
        long id = steve.world()
                .startTransaction(
                        session.chargeBoxId(),
                        1,
                        session.idTag(),
                        Instant.parse(session.start()),
                        session.startValue());
        for (var reading : session.readings()) {
            steve.world()
                    .addMeterValue(
                            id,
                            SimulatedMeterValue.energy(
                                    Instant.parse((String) reading.getFirst()),
                                    ((Number) reading.getLast()).longValue()));
        }
        steve.world()
                .stopTransaction(
                        id,
                        Instant.parse(session.stop()),
                        session.stopValue(),
                        Optional.of("Local"),
                        StopActor.STATION);
        sync.sync(true);
        return new SessionId(id);
    }

    void at(String instant) {
        stevesClock.at(instant);
        sync.clock.at(instant);
        billing.clock.at(instant);
    }

    /** Draws up the invoices due at an instant and returns those of the driver, oldest first. */
    List<Invoice> invoices(String driver, String at) {
        at(at);
        sync.sync(true);
        billing.get(InvoicingJob.class).run(Optional.empty());
        return billing.get(InvoiceService.class)
                .pageWithLines(Optional.of(driver(driver)), Optional.empty(), 100)
                .reversed();
    }

    List<String> nets(String driver, String at) {
        return invoices(driver, at).stream()
                .map(invoice -> invoice.net().toPlainString())
                .toList();
    }

    SessionCost cost(SessionId session) {
        return billing.cost(session);
    }

    BigDecimal amount(SessionId session) {
        return cost(session).amount().orElseThrow().amount();
    }

    /** Start of the period (UTC) and energy of each line of a session's price. */
    List<String> lines(SessionId session) {
        return cost(session).lines().stream()
                .map(line -> line.period().from().atOffset(ZoneOffset.UTC).toLocalDateTime() + " "
                        + line.energy().kilowattHours().stripTrailingZeros().toPlainString())
                .toList();
    }

    /** A driver's energy for each day that has any, in the zone of the subscription. */
    Map<String, BigDecimal> days(String driver, PeriodUsage.Span span) {
        var days = new HashMap<String, BigDecimal>();
        billing.get(UsageService.class).of(driver(driver), span, BillingFixture.BERLIN).days().stream()
                .filter(day -> !day.energy().isZero())
                .forEach(day -> days.put(
                        day.date().toString(), day.energy().kilowattHours().stripTrailingZeros()));
        return days;
    }

    @Override
    public void close() {
        billing.context.close();
        sync.close();
        steve.close();
    }
}
