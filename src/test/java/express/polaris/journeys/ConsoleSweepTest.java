package express.polaris.journeys;

import static express.polaris.journeys.SessionSteps.hoursAgo;
import static express.polaris.journeys.SessionSteps.minutesAgo;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.tariffs.ChargerGroupDraft;
import express.polaris.billing.tariffs.HolidayDraft;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.PriceDraft;
import express.polaris.billing.tariffs.PriceUpload;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.cards.LostCardService;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.sync.SyncConcerns;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncPauseService;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.StoredSessions;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every page of the console, on desktop and phone, in English and German, light and dark: with long names, a huge
 * session, one without energy, one without a reading, and everything failing that can fail.
 */
@BrowserTest
class ConsoleSweepTest {

    private static final String KAI = "DE*PLX*E0815-DONAUDAMPFSCHIFFFAHRTSKAI-3";
    private static final String GUEST = "04A1B2C3D4E5F6A7B8C9";

    private static final Set<String> NO_PAGES = Set.of(
            "/operator/now",
            "/operator/credits/drivers",
            "/operator/bookkeeping/datev.csv",
            "/operator/bookkeeping/invoices.csv",
            "/operator/bookkeeping/payments.csv",
            "/operator/invoices.csv",
            "/operator/chargers/{chargeBoxId}/label.svg");

    private static RunningPortal portal;
    private static Chromium chromium;
    private static SessionSteps charges;
    private static StoredSessions stored;
    private static Account operator;
    private static Account driver;
    private static List<String> pages = List.of();

    @BeforeAll
    static void muchHasHappened() {
        portal = new RunningPortal();
        chromium = new Chromium();
        charges = new SessionSteps(portal);
        stored = new StoredSessions(portal.bean(JdbcClient.class));
        operator = portal.bean(AccountService.class)
                .changeRole(Optional.empty(), portal.driver("Olga").id(), Role.OPERATOR);
        driver = portal.driver("Bartholomew");
        var nobody = portal.driver("Li");
        name(operator, "Ottilie Freifrau von Hohenlohe-Waldenburg-Schillingsfürst");
        name(driver, "Bartholomäus Maximilian von Wolkenstein-Trostburg");
        email(driver, "bartholomaeus.maximilian.von.wolkenstein-trostburg@fuhrpark.donaudampfschifffahrt.example");
        describe(KAI);

        plans();
        tariffs();
        group();
        var tag = portal.card(driver);
        long invoiced = charges.completed(KAI, tag, hoursAgo(12 * 24));
        long reset = reset(tag);
        long zero = charges.start("BOX-ZERO", tag, hoursAgo(3), 5000);
        charges.stop(zero, hoursAgo(2), 5000);
        // 98,764.432 kWh in ten minutes
        long huge = charges.start(KAI, tag, minutesAgo(12), 1000, 98_765_432);
        long unread = charges.start("BOX-UNREAD", tag, hoursAgo(50), 0);
        long silent = charges.start("BOX-SILENT", tag, hoursAgo(5), 1000, 2500);
        long overtaken = charges.start("BOX-OVERTAKEN", tag, minutesAgo(40), 1000, 2000, 3000);
        long live = charging();
        long inflated = inflated(tag);
        for (long id : List.of(invoiced, reset, zero, inflated)) {
            charges.completed(id);
        }
        decided(invoiced);
        for (long id : List.of(huge, unread, silent, overtaken, live)) {
            charges.read(id);
        }
        assertThat(portal.bean(InvoicingJob.class).run(Optional.empty())).isPositive();
        var invoice = portal.bean(InvoiceService.class)
                .ofSessions(List.of(new SessionId(invoiced)))
                .get(new SessionId(invoiced))
                .getFirst();
        portal.bean(CreditService.class)
                .grant(driver.id(), "1234.5", SORRY, Optional.of(new SessionId(zero)), operator.id());
        var lost = lostCard();
        portal.bean(OperatorNotes.class).aboutSession(driver.id(), zero, SORRY);
        long run = wentWrong(reset);
        var card = portal.bean(CardService.class).ofDriver(driver.id()).stream()
                .filter(it -> !it.isLost())
                .findFirst()
                .orElseThrow();
        long vanished = vanished();
        pause();

        pages = Sweep.pages(
                portal,
                pattern -> pattern.startsWith("/operator"),
                NO_PAGES,
                Map.ofEntries(
                        Map.entry(
                                "/operator/transactions",
                                List.of(
                                        "/operator/transactions?stuck=true",
                                        "/operator/transactions?driver=e&idTag=x&linked=false&flag=flagged")),
                        Map.entry(
                                "/operator/transactions/{id}",
                                List.of(
                                        "/operator/transactions/" + huge,
                                        "/operator/transactions/" + unread,
                                        "/operator/transactions/" + overtaken,
                                        "/operator/transactions/" + invoiced,
                                        "/operator/transactions/" + inflated,
                                        "/operator/transactions/" + reset,
                                        "/operator/transactions/" + vanished)),
                        Map.entry(
                                "/operator/transactions/{id}/force-close",
                                List.of("/operator/transactions/" + unread + "/force-close")),
                        Map.entry(
                                "/operator/transactions/{id}/energy",
                                List.of(
                                        "/operator/transactions/" + reset + "/energy",
                                        "/operator/transactions/" + inflated + "/energy",
                                        "/operator/transactions/" + invoiced + "/energy")),
                        Map.entry("/operator/sync/{id}", List.of("/operator/sync/" + run)),
                        Map.entry("/operator/drivers", List.of("/operator/drivers?search=nobody-is-called-so")),
                        Map.entry(
                                "/operator/drivers/{id}",
                                List.of("/operator/drivers/" + driver.id(), "/operator/drivers/" + nobody.id())),
                        Map.entry(
                                "/operator/drivers/{id}/billing-address",
                                List.of("/operator/drivers/" + driver.id() + "/billing-address")),
                        Map.entry(
                                "/operator/drivers/{driver}/subscriptions",
                                List.of(
                                        "/operator/drivers/" + driver.id() + "/subscriptions",
                                        "/operator/drivers/" + nobody.id() + "/subscriptions")),
                        Map.entry(
                                "/operator/drivers/{id}/reimbursement",
                                List.of(
                                        "/operator/drivers/" + driver.id() + "/reimbursement",
                                        "/operator/drivers/" + nobody.id() + "/reimbursement")),
                        Map.entry("/operator/cards", List.of("/operator/cards?search=nobody-has-this")),
                        Map.entry(
                                "/operator/cards/{id}",
                                List.of(
                                        "/operator/cards/" + card.id().value(),
                                        "/operator/cards/" + lost.id().value())),
                        Map.entry(
                                "/operator/cards/link",
                                List.of("/operator/cards/link?preview=true&idTag=" + GUEST + "&driver="
                                        + nobody.email())),
                        Map.entry(
                                "/operator/cards/{id}/transfer",
                                List.of(
                                        "/operator/cards/" + card.id().value() + "/transfer",
                                        "/operator/cards/" + card.id().value() + "/transfer?preview=true&driver="
                                                + nobody.email())),
                        Map.entry(
                                "/operator/cards/{id}/unlink",
                                List.of("/operator/cards/" + card.id().value() + "/unlink?preview=true")),
                        Map.entry("/operator/chargers", List.of("/operator/chargers?q=nobody-has-this")),
                        Map.entry(
                                "/operator/chargers/{chargeBoxId}",
                                List.of("/operator/chargers/" + KAI, "/operator/chargers/BOX-UNREAD")),
                        Map.entry("/operator/plans/new", List.of("/operator/plans/new?tab=json")),
                        Map.entry(
                                "/operator/plans/{code}",
                                List.of("/operator/plans/nachttarif", "/operator/plans/prozente")),
                        Map.entry("/operator/prices/bands/{code}", List.of("/operator/prices/bands/nacht")),
                        Map.entry("/operator/prices/groups/{code}", List.of("/operator/prices/groups/kai")),
                        Map.entry("/operator/prices/series/{code}", List.of("/operator/prices/series/spot")),
                        Map.entry(
                                "/operator/driver-groups/{code}", List.of("/operator/driver-groups/hausgemeinschaft")),
                        Map.entry("/operator/invoices", List.of("/operator/invoices?driverId=" + nobody.id())),
                        Map.entry("/operator/invoices/{number}", List.of("/operator/invoices/" + invoice)),
                        Map.entry("/operator/audit", List.of("/operator/audit?subject=nothing-at-all"))));
    }

    private static final String SORRY = "Die Ladestation hat am Donaudampfschifffahrtskai viel zu früh aufgehört, und"
            + " die Anzeige sagte 7 kWh, im Portal stehen aber 0. Bitte prüfen!";

    /** A night, a holiday, a group, and three days of quarter-hourly prices with a gap and some below zero. */
    private static void tariffs() {
        var changes = portal.bean(OperatorTariffs.class);
        var days = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday");
        changes.saveBand(
                operator.id(),
                "nacht",
                new TimeBandDraft(
                        Optional.of("Donaudampfschifffahrtsnachtruhezeit"),
                        Optional.of(List.of(
                                new TimeBandDraft.Rule(Optional.of(days), Optional.of("22:00"), Optional.of("06:00")),
                                new TimeBandDraft.Rule(
                                        Optional.of(days.subList(5, 8)),
                                        Optional.of("12:15"),
                                        Optional.of("15:45"))))));
        changes.saveHolidays(
                operator.id(),
                Optional.of(List.of(
                        new HolidayDraft(Optional.of("2031-10-03"), Optional.of("Tag der Deutschen Einheit")))));
        changes.saveGroup(operator.id(), "kai", new ChargerGroupDraft(Optional.of("Kai"), Optional.of(List.of(KAI))));
        var start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
        changes.storePrices(
                operator.id(),
                "spot",
                new PriceUpload(
                        Optional.of("Day-ahead Deutschland"),
                        Optional.of("EUR"),
                        Optional.of("mwh"),
                        Optional.empty(),
                        IntStream.range(0, 288)
                                .filter(place -> place < 120 || place > 140)
                                .mapToObj(place -> new PriceDraft(
                                        "prices[" + place + "]",
                                        start.plus(Duration.ofMinutes(15L * place))
                                                .toString(),
                                        start.plus(Duration.ofMinutes(15L * place + 15))
                                                .toString(),
                                        Integer.toString(90 * Math.abs(place % 96 - 48) / 24 - 40)))
                                .toList()));
    }

    private static void name(Account account, String name) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set name = ? where id = ?")
                .params(name, account.id().value())
                .update();
    }

    private static void email(Account account, String email) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set email = ? where id = ?")
                .params(email, account.id().value())
                .update();
    }

    private static void describe(String chargeBox) {
        var id = new ChargeBoxId(chargeBox);
        portal.bean(ChargerService.class)
                .put(
                        id,
                        new ChargerEdit(
                                "Station am Donaudampfschifffahrtskai, hinten links",
                                Optional.of("K7QX"),
                                "Parkhaus Donaudampfschifffahrtskai, Untergeschoss 3, Platz 117",
                                List.of(
                                        new ChargerEdit.ConnectorEdit(
                                                1, Optional.of("type2"), Optional.of(new BigDecimal("22"))),
                                        new ChargerEdit.ConnectorEdit(2, Optional.empty(), Optional.empty()))));
    }

    private static void group() {
        var groups = portal.bean(OperatorGroups.class);
        var code = "hausgemeinschaft";
        groups.save(
                operator.id(),
                new OperatorGroups.WantedGroup(
                        code, "Hausgemeinschaft Donaudampfschifffahrtskai 117 bis 119a", "12.75", "nachttarif"),
                true);
        groups.add(operator.id(), code, driver.id(), hoursAgo(500).toString(), "");
    }

    private static void plans() {
        TestIssuer.save(portal.bean(JdbcClient.class));
        var billing = portal.bean(OperatorBilling.class);
        for (var plan : List.of(
                TestPlan.graduated("nachttarif", TestPlan.range(0, 5, "0.30"), TestPlan.rangeFrom(5, "0.4567", "1.50"))
                        .named("Hausstrom mit Nachttarif für Vielfahrer"),
                TestPlan.unsupported("prozente").named("Prozente vom Umsatz"))) {
            billing.savePlan(
                    operator.id(), plan.every("weekly").fee(490).vat(19).json());
        }
        billing.subscribe(
                operator.id(),
                new NewSubscription(
                        driver.id(), "nachttarif", hoursAgo(15 * 24).toString(), "anniversary", "Europe/Berlin"));
    }

    /** 1000 → 6000, then the register resets: 500 → 1500. */
    private static long reset(String tag) {
        long id = charges.start("BOX-RESET", tag, hoursAgo(26), 1000, 6000, 500, 1500);
        charges.stop(id, hoursAgo(25), 1500);
        return id;
    }

    /** The start value is 0 although the register already counted 123,456 kWh. */
    private static long inflated(String tag) {
        long id = charges.start(KAI, tag, hoursAgo(30), 0, 123_456_000, 123_457_000, 123_458_000, 123_459_000);
        charges.stop(id, hoursAgo(29), 123_459_000);
        return id;
    }

    /** Decided twice with reasons of maximum length; the charge box then becomes trusted. */
    private static void decided(long id) {
        var decisions = portal.bean(EnergyDecisionService.class);
        for (var kwh : List.of("5.5", "98765.432")) {
            decisions.decide(
                    operator.id(),
                    new SessionId(id),
                    EnergyDecision.Use.VALUE,
                    Optional.of(Energy.ofKilowattHours(kwh)),
                    "Donaudampfschifffahrtsgesellschaftskapitän sah den Zähler ".repeat(8));
        }
        decisions.trust(operator.id(), new ChargeBoxId("BOX-UNREAD"), "Donaudampfschifffahrtszähler ".repeat(15));
    }

    /** An unknown tag with power and state of charge, on the connector of a session that is open in SteVe. */
    private static long charging() {
        var start = minutesAgo(20);
        long id = charges.start("BOX-OVERTAKEN", GUEST, start, 3000);
        for (int i = 1; i <= 9; i++) {
            var at = start.plus(Duration.ofMinutes(2L * i));
            portal.steve.world().addMeterValue(id, SimulatedMeterValue.energy(at, 3000 + 300L * i));
            portal.steve.world().addMeterValue(id, SimulatedMeterValue.power(at, 9000));
        }
        return id;
    }

    private static EvCard lostCard() {
        var tag = portal.card(driver);
        var card = portal.bean(CardService.class).ofIdTag(new IdTag(tag)).getFirst();
        portal.bean(LostCardService.class).report(driver.id(), card.id());
        return card;
    }

    /** @return the run with the error */
    private static long wentWrong(long session) {
        var jdbc = portal.bean(JdbcClient.class);
        jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, tries, failed_at, last_error)
            values (?, 'session_ended', '0', now() - interval '25 hours', now() - interval '1 hour', 9,
                    now() - interval '10 minutes', 'MailSendException')
            """).param(driver.id().value()).update();
        jdbc.sql("""
            insert into sync_errors (sync_run_id, at, steve_transaction_id, reason)
            select max(id), now(), 555, 'Transaction 555 is left out: its charge box id is empty' from sync_runs
            """).update();
        jdbc.sql("update sync_reads set conflict = ? where steve_transaction_id = ?")
                .params("charge box was '" + KAI + "' and is 'BOX-OTHER'", session)
                .update();
        return jdbc.sql("select max(sync_run_id) from sync_errors")
                .query(Long.class)
                .single();
    }

    /** Sessions unknown to SteVe, enough for sync to assume another SteVe. */
    private static long vanished() {
        var owner = Optional.of(driver.id().value());
        long unclosed = stored.open("STORED", owner, hoursAgo(4));
        stored.close(unclosed, hoursAgo(3), "4");
        stored.set(unclosed, "stop_value_wh", null);
        stored.set(unclosed, "closing_problem", "missing");
        long gone = stored.completed("STORED", owner, hoursAgo(30), "4.25");
        stored.set(gone, "gone_from_steve_at", hoursAgo(1));
        stored.completed("STORED", owner, hoursAgo(31), "4.25");
        portal.bean(SyncEngine.class).runNow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> portal.bean(SyncConcerns.class)
                        .lag(Instant.now())
                        .ownPause()
                        .isPresent());
        return gone;
    }

    /** Pauses sync, so that every window shows the same state. */
    private static void pause() {
        assertThat(portal.bean(SyncPauseService.class).pause(operator.id(), "SteVe wird heute Nacht umgezogen"))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noPageHasAGraveFaultOrReachesOut(String language) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(language, operator.id().value())
                .update();
        try (var sweep = new Sweep(portal, chromium, "sweep", language)) {
            sweep.signIn(operator);
            sweep.look(pages);
        }
    }
}
