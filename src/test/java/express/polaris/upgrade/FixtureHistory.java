package express.polaris.upgrade;

import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.DemoSite;
import express.polaris.demo.simulator.DemoWorld;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import express.polaris.platform.sql.SqlTime;
import express.polaris.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two months of a portal, played through its API against the demo's SteVe: several drivers, plans and changes of plan,
 * invoices, credits and adjustments, sessions with every flag, stops revised after their invoice, and live sessions at
 * the end. The same commit plays the same history, apart from temporary ids and password hashes.
 */
final class FixtureHistory {

    static final Instant EPOCH = Instant.parse("2026-09-03T10:00:00Z");
    static final Instant END = Instant.parse("2026-11-02T13:30:00Z");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String FIELD = "FIELD-1";

    private final ConfigurableApplicationContext application;
    private final MutableClock clock;
    private final DemoWorld demo;
    private final FixtureApi operator;
    private final Map<String, Long> drivers = new HashMap<>();

    private FixtureHistory(ConfigurableApplicationContext application, MutableClock clock, DemoWorld demo) {
        this.application = application;
        this.clock = clock;
        this.demo = demo;
        this.operator = FixtureApi.of(application, StoppedTime.OPERATOR);
    }

    /** Fills a database with the current schema. */
    static void play(String database, MutableClock clock) {
        try (var demo = DemoWorld.create(EPOCH, clock).start();
                var application = StoppedTime.start(database, demo.steve().baseUrl(), clock)) {
            var history = new FixtureHistory(application, clock, demo);
            history.people();
            history.chargers();
            history.plans();
            history.september();
            history.afterTheFirstInvoices();
            history.october();
            history.live();
        }
    }

    private void people() {
        for (var name : new String[] {"ada", "ben", "cleo", "finn", "gus"}) {
            var driver = operator.post(
                    "/operator/drivers", """
                    {"email":"%1$s@fixture.example","name":"%1$s","password":"%2$s","locale":"%3$s"}
                    """.formatted(name, StoppedTime.PASSWORD, name.equals("cleo") ? "de" : "en"));
            drivers.put(name, driver.path("id").asLong());
        }
        var invited = operator.post("/operator/drivers", """
                {"email":"dora@fixture.example","name":"Dora Invited","timeZone":"America/New_York"}
                """);
        drivers.put("dora", invited.path("id").asLong());
        for (var card : DemoSite.cards()) {
            link(card.idTag(), card.driverKey(), card.label());
        }
        link("FINN-1", "finn", "Field");
        link("FINN-2", "finn", "Spare");
        link("GUS-1", "gus", "Gus");
        link("DORA-1", "dora", "Dora");
        link("GONE-1", "finn", "Deleted in SteVe");
    }

    private void chargers() {
        for (var charger : DemoSite.chargers()) {
            var connectors = charger.connectors().stream()
                    .map(connector -> "{\"id\":%d,\"type\":\"%s\",\"maxKw\":%d}"
                            .formatted(connector.id(), connector.type(), connector.maxKw()))
                    .toList();
            operator.call("PUT", "/operator/chargers/" + charger.chargeBoxId(), """
                    {"name":"%s","publicId":"%s","location":"%s","connectors":%s}
                    """.formatted(
                            charger.name(), charger.publicId(), charger.location(), connectors));
        }
        operator.call("PUT", "/operator/chargers/FIELD-2", """
                {"name":"Field 2","publicId":"F-2","location":"","connectors":[{"id":1,"type":"Type 2","maxKw":22}]}
                """);
    }

    private void plans() {
        plan("home", 500, 0, "graduated", """
                {"graduated_ranges":[{"from_value":0,"to_value":100,"per_unit_amount":"0","flat_amount":"0"},
                 {"from_value":100,"to_value":null,"per_unit_amount":"0.29","flat_amount":"2"}]}
                """);
        plan("company", 0, 19, "standard", "{\"amount\":\"0.39\"}");
        plan("flex", 300, 7, "volume", """
                {"volume_ranges":[{"from_value":0,"to_value":150,"per_unit_amount":"0.36","flat_amount":"0"},
                 {"from_value":150,"to_value":null,"per_unit_amount":"0.31","flat_amount":"1"}]}
                """);
        plan("field", 990, 19, "standard", "{\"amount\":\"0.30\"}");
        plan("pack", 0, 19, "package", "{\"amount\":\"2.50\",\"free_units\":5,\"package_size\":10}");
        plan("odd", 0, 19, "percentage", "{\"rate\":\"1.5\"}");
        subscribe("ada", "home", EPOCH, "calendar");
        subscribe("ben", "company", EPOCH, "calendar");
        subscribe("cleo", "flex", EPOCH.plus(Duration.ofDays(10)), "calendar");
        subscribe("finn", "field", EPOCH, "calendar");
        subscribe("gus", "odd", EPOCH, "calendar");
        subscribe("dora", "pack", EPOCH, "anniversary");
    }

    /** Sessions of every kind, and an invoice for each driver. */
    private void september() {
        passUntil("2026-09-10T12:00:00Z");
        var morning = Instant.parse("2026-09-10T06:00:00Z");
        end(charge("FINN-1", morning, 1000, 3000, 5000), 30, 7000);
        end(charge("FINN-1", morning.plusSeconds(3600), 7000, 8000, 10_000, 200, 700, 1500), 60, 7500); // reset, loss
        end(charge("FINN-1", morning.plusSeconds(7200), 1000, 2000, 4000, 200, 700, 1500), 60, 9000); // reset, gain
        end(charge("FINN-1", morning.plusSeconds(10_800), 9000, 10_000, 2_000_000, 2_001_000), 40, 2_002_000);
        end(charge("FINN-2", morning, 1000, 3000, 5000), 30, 4500); // stop below the last reading
        end(charge("FINN-2", Instant.parse("1970-01-01T00:00:10Z"), 4500, 5500, 6500), 30, 7500);
        end(charge("FINN-2", morning.plusSeconds(14_400), 0), 60, 5_019_340); // start value 0
        end(charge("GUS-1", morning, 1000, 3000), 30, 5000);
        end(charge("DORA-1", morning, 1000, 8000), 30, 21_000);
        end(charge("NOBODY-1", morning, 1000, 3000), 30, 5000);
        end(charge("GONE-1", morning, 1000, 3000), 30, 5000);
        long withoutClock = charge("FIELD-5", 1, "FINN-2", Instant.parse("1970-01-01T00:00:10Z"), 7500, 8500);
        sync();
        world().addMeterValue(withoutClock, SimulatedMeterValue.energy(clock.instant(), 9500));
        pass(Duration.ofMinutes(5));
        world().stopTransaction(withoutClock, clock.instant(), 10_500, Optional.of("Local"), StopActor.STATION);
        sync();
        passUntil("2026-10-01T12:00:00Z");
        end(charge("FINN-1", Instant.parse("2026-09-30T20:30:00Z"), 1000, 3000, 5000, 7000, 9000, 11_000), 180, 21_000);
        end(charge("ADA-4F21C7", Instant.parse("2026-09-30T21:00:00Z"), 1000, 3000, 5000, 7000), 150, 9000);
        sync();
        invoice();
    }

    /** Stops revised after their invoice, credits, a payment, cards that are lost, transferred and renamed. */
    private void afterTheFirstInvoices() {
        passUntil("2026-10-03T09:00:00Z");
        revise(session("FINN-1", 0), 4000); // more than invoiced
        revise(session("ADA-4F21C7", 2), 1500);
        revise(session("BEN-71D8A2", 3), -2500); // less than invoiced
        revise(session("FINN-2", 0), -2500);
        sync();
        operator.post("/operator/credits", """
                {"driverId":%d,"amount":"5.00","reason":"The charger was out of order"}
                """.formatted(id("ada")));
        operator.post("/operator/credits", """
                {"driverId":%d,"amount":"1.25","reason":"Too much was charged","sessionId":%d}
                """.formatted(id("finn"), session("FINN-1", 1)));
        var paid = operator.get("/operator/invoices?driverId=" + id("ben"))
                .path("items")
                .path(0);
        operator.post("/operator/invoices/" + paid.path("number").asString() + "/paid", "");
        var gus = FixtureApi.of(application, "gus@fixture.example");
        var card = gus.get("/cards").path("items").path(0).path("id").asLong();
        gus.call("PATCH", "/cards/" + card, "{\"label\":\"My card\",\"colour\":\"green\"}");
        gus.post("/cards/" + card + "/report-lost", "");
        operator.post("/operator/transactions/" + session("NOBODY-1", 0) + "/owner", """
                {"driverId":%d,"reason":"Charged with a borrowed tag"}
                """.formatted(id("ben")));
        world().deleteTag("GONE-1");
        for (int i = 0; i < 4; i++) {
            pass(Duration.ofMinutes(40));
            sync();
        }
        passUntil("2026-10-15T09:00:00Z");
        plan("company", 0, 19, "standard", "{\"amount\":\"0.41\"}");
        operator.post("/operator/subscriptions", """
                {"driverId":%d,"planCode":"company","startedAt":"%s","billingTime":"calendar",
                 "timeZone":"Europe/Berlin","replace":true}
                """.formatted(id("ben"), clock.instant()));
    }

    private void october() {
        passUntil("2026-10-20T12:00:00Z");
        var morning = Instant.parse("2026-10-20T06:00:00Z");
        end(charge("FINN-1", morning, 21_000, 23_000, 25_000, 27_000), 40, 29_000);
        end(charge("FINN-1", morning.plusSeconds(7200), 29_000, 30_000, 0, 500, 31_000), 60, 32_000);
        end(charge("FINN-2", morning, 5000, 9000), 60, 4000); // stop below start
        end(charge("DORA-1", morning, 21_000, 28_000), 30, 41_000);
        sync();
        passUntil("2026-11-01T12:00:00Z");
        end(charge("FINN-1", Instant.parse("2026-10-31T20:30:00Z"), 1000, 3000, 5000, 7000, 9000, 11_000), 180, 21_000);
        sync();
        invoice();
        pass(Duration.ofHours(1));
        revise(session("FINN-1", 5), 1000); // after October's invoice; no later invoice follows
        sync();
    }

    /** Sessions that are live at the end. */
    private void live() {
        passUntil("2026-11-02T12:00:00Z");
        sync();
        var noon = clock.instant();
        long confirmed = charge(FIELD, 1, "FINN-1", noon.minusSeconds(1800), 1000, 2000, 2_000_000);
        charge(FIELD, 2, "FINN-2", noon.minusSeconds(1800), 1000, 2000, 2_000_000);
        charge("FIELD-2", 1, "FINN-2", noon.minusSeconds(1800), 8000, 9000, 10_000, 100, 600);
        long over = charge("FIELD-3", 1, "FINN-1", noon.minusSeconds(3600), 1000, 2000, 3000);
        world().addMeterValue(over, SimulatedMeterValue.finalEnergy(noon.minusSeconds(60), 4000));
        charge("FIELD-4", 1, "NOBODY-2", noon.minusSeconds(3600), 1000, 2000);
        sync();
        operator.post("/operator/transactions/" + confirmed + "/confirm-energy", "{\"reason\":\"A ferry\"}");
        while (clock.instant().isBefore(END.minus(Duration.ofMinutes(10)))) {
            pass(Duration.ofMinutes(5));
            sync();
        }
        passUntil(END);
        await().atMost(PATIENCE).until(() -> isNone("select from mails where next_try_at <= ?"));
    }

    private void link(String tag, String driver, String label) {
        if (world().tag(tag).isEmpty()) {
            world().addTag(tag);
        }
        operator.post("/operator/cards", """
                {"idTag":"%s","driverId":%d,"label":"%s","from":"%s"}
                """.formatted(tag, id(driver), label, EPOCH.minus(Duration.ofHours(1))));
    }

    private void plan(String code, int cents, int vat, String model, String properties) {
        operator.post("/operator/plans", """
                {"code":"%1$s","name":"%1$s","interval":"monthly","amount_cents":%2$d,"amount_currency":"EUR",
                 "vat_rate":%3$d,"pay_in_advance":%4$b,
                 "charges":[{"billable_metric_code":"energy_kwh","charge_model":"%5$s","properties":%6$s}]}
                """.formatted(code, cents, vat, cents == 990, model, properties));
    }

    private void subscribe(String driver, String plan, Instant from, String billingTime) {
        operator.post("/operator/subscriptions", """
                {"driverId":%d,"planCode":"%s","startedAt":"%s","billingTime":"%s","timeZone":"Europe/Berlin"}
                """.formatted(id(driver), plan, from, billingTime));
    }

    private long charge(String tag, Instant start, long startWattHours, long... registers) {
        return charge(FIELD, 1, tag, start, startWattHours, registers);
    }

    /** Starts a session with register readings in Wh, ten minutes apart. */
    private long charge(String box, int connector, String tag, Instant start, long startWattHours, long... registers) {
        long id = world().startTransaction(box, connector, tag, start, startWattHours);
        for (int i = 0; i < registers.length; i++) {
            world().addMeterValue(id, SimulatedMeterValue.energy(start.plusSeconds(600L * (i + 1)), registers[i]));
        }
        return id;
    }

    private void end(long id, int minutes, long wattHours) {
        var start = world().transaction(id).orElseThrow().startedAt();
        world().stopTransaction(
                        id,
                        start.plus(Duration.ofMinutes(minutes)),
                        wattHours,
                        Optional.of("EVDisconnected"),
                        StopActor.STATION);
    }

    /** Sends the station's own stop later, with a different register than the previous stop. */
    private void revise(long id, long wattHours) {
        var transaction = world().transaction(id).orElseThrow();
        world().stopTransaction(
                        id,
                        transaction.stoppedAt().orElseThrow().plusSeconds(300),
                        transaction.stopWattHours().orElseThrow() + wattHours,
                        Optional.of("Local"),
                        StopActor.STATION);
    }

    /** The n-th session of a tag, counted from 0 by id. */
    private long session(String tag, int number) {
        return application
                .getBean(JdbcClient.class)
                .sql("""
                select steve_transaction_id from transaction_sync_state where ocpp_id_tag = ?
                 order by steve_transaction_id offset ? limit 1
                """)
                .params(tag, number)
                .query(Long.class)
                .single();
    }

    private void invoice() {
        var held = operator.post("/operator/invoices/run", "").path("held");
        // Gus's plan is unsupported, so its invoice is held.
        if (held.size() != 1 || !held.toString().contains("plan odd")) {
            throw new IllegalStateException("Invoices are held: " + held);
        }
    }

    private void passUntil(String instant) {
        passUntil(Instant.parse(instant));
        sync();
    }

    private void passUntil(Instant then) {
        clock.set(then);
        demo.tick(then);
        compareAndRead();
    }

    private void pass(Duration time) {
        clock.advance(time);
        demo.tick(clock.instant());
    }

    /** Discovers and reads everything in SteVe; reads ended sessions again more than a minute later. */
    private void sync() {
        compareAndRead();
        pass(Duration.ofSeconds(20));
        compareAndRead();
        pass(Duration.ofSeconds(70));
        compareAndRead();
    }

    private void compareAndRead() {
        operator.post("/operator/sync-runs", "");
        await().atMost(PATIENCE)
                .until(() -> isNone("select from sync_cursor where last_wide_read_at is null or last_wide_read_at < ?")
                        && isNone("""
                    select from transaction_sync_state where last_read_at is null or next_poll_at <= ?
                    """));
    }

    /**
     * @param query with the current time as its only parameter
     */
    private boolean isNone(String query) {
        return application
                .getBean(JdbcClient.class)
                .sql("select not exists (" + query + ")")
                .param(SqlTime.utc(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    private SteveWorld world() {
        return demo.steve().world();
    }

    private long id(String driver) {
        return Objects.requireNonNull(drivers.get(driver), driver);
    }
}
