package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.UsageService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import express.polaris.metering.ReadingFlag;
import express.polaris.platform.refusals.Conflict;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.steve.SteveSettings;
import express.polaris.sync.SyncHarness;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From SteVe's answers to invoices, and how later changes affect both. The plan costs 0.30 per kWh for the first 10 kWh
 * and 0.20 above; a month in Berlin begins at 22:00 UTC.
 */
class InvoicedSessionsTest {

    private final MutableClock stevesClock = new MutableClock(Instant.parse("2026-05-01T12:00:00Z"));
    private final SimulatedSteve steve = new SimulatedSteve(new SteveWorld(stevesClock)).start();
    private final javax.sql.DataSource database = TestDatabase.freshPool();
    private final SyncHarness sync = new SyncHarness(
            SteveSettings.of(steve.baseUrl(), steve.username(), steve.password()), database, Optional.empty());
    private final BillingFixture billing = new BillingFixture(database);
    private final AccountId ada = sync.driver("ada");

    @BeforeEach
    void adaHasAPlanAndACard() {
        at("2026-05-01T12:00:00Z");
        subscribe(ada);
        sync.link("TAG1", ada, Instant.parse("2026-05-01T00:00:00Z"));
    }

    @AfterEach
    void close() {
        billing.context.close();
        sync.close();
        steve.close();
    }

    @Test
    void aStopRevisedAfterTheInvoiceIsAnAdjustmentOnTheNextInvoice() {
        long revised = charge("TAG1", "2026-05-10T10:00:00Z", "2026-05-10T11:10:00Z", 9);
        long other = charge("TAG1", "2026-05-20T10:00:00Z", "2026-05-20T12:00:00Z", 5);
        invoicedAt("2026-06-01T12:00:00Z");
        assertNet(latest(ada), "3.80"); // 10 × 0.30 + 4 × 0.20
        var sealed = sync.timeline(revised);
        assertThat(sealed).allMatch(event -> event.sealedAt().isPresent());

        at("2026-06-05T12:00:00Z");
        steve.world()
                .stopTransaction(
                        revised,
                        Instant.parse("2026-05-10T11:10:00Z"),
                        12_000,
                        Optional.of("Local"),
                        StopActor.STATION);
        sync.sync(true);

        assertThat(sync.timeline(revised)).startsWith(sealed.toArray(SyncedTransactionEvent[]::new));
        var correction = sync.timeline(revised).getLast();
        assertThat(correction.event().delta()).isEqualTo(kwh("3")); // 12 − 9
        assertThat(correction.event().isFinal()).isTrue();
        assertThat(sync.session(revised).energy()).isEqualTo(kwh("12"));
        assertCost(revised, "3.30"); // 9 × 0.30, and 3 × 0.20 after 14 invoiced kWh
        assertThat(billing.cost(new SessionId(revised)).estimate()).isTrue();

        long june = charge("TAG1", "2026-06-10T10:00:00Z", "2026-06-10T11:00:00Z", 2);
        invoicedAt("2026-07-01T12:00:00Z");

        assertThat(lines(latest(ada)))
                .containsExactly("ENERGY 0.60", "SESSION 0.60", "ADJUSTMENT 0.60"); // 2 × 0.30, 3 × 0.20
        assertThat(billing.cost(new SessionId(revised)).estimate()).isFalse();
        assertCost(revised, "3.30");
        assertCost(other, "1.10"); // 1 × 0.30 + 4 × 0.20
        assertEverythingAddsUp(ada, List.of(revised, other, june), "5.00"); // 10 × 0.30 + 7 × 0.20, and 2 × 0.30
        assertThat(billing.get(InvoiceService.class)
                        .ofSessions(List.of(new SessionId(revised)))
                        .values())
                .singleElement()
                .satisfies(numbers -> assertThat(numbers).hasSize(2));
        assertThat(billing.invoice()).isZero();
    }

    /** Fails if energy measured in one month is billed in another. */
    @Test
    void energyMeasuredAfterTheInvoicedPartStaysInItsOwnPeriod() {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", Instant.parse("2026-05-31T20:00:00Z"), 0);
        reading(id, "2026-05-31T20:30:00Z", 1_000);
        reading(id, "2026-05-31T21:00:00Z", 2_000);
        at("2026-05-31T21:30:00Z");
        steve.world().stopTransaction(id, stevesClock.instant(), 3_500, Optional.empty(), StopActor.MANUAL);
        sync.sync(true);
        invoicedAt("2026-06-01T12:00:00Z");
        assertNet(latest(ada), "1.05"); // 3.5 × 0.30

        // The station's own stop: 3 kWh at midnight, and 5 kWh in June.
        reading(id, "2026-05-31T22:00:00Z", 3_000);
        reading(id, "2026-05-31T22:30:00Z", 6_000);
        steve.world()
                .stopTransaction(
                        id, Instant.parse("2026-05-31T23:00:00Z"), 8_000, Optional.of("Local"), StopActor.STATION);
        at("2026-06-02T12:00:00Z");
        sync.sync(true);

        var timeline = sync.timeline(id);
        assertThat(timeline.stream().map(row -> row.event().delta()))
                .containsExactly(kwh("1"), kwh("1"), kwh("1.5"), kwh("-1.5"), kwh("1"), kwh("3"), kwh("2"));
        assertThat(timeline.get(3).event().flags()).contains(ReadingFlag.CORRECTION);
        assertThat(timeline.getLast().event().flags()).isEmpty();
        assertThat(timeline.getLast().event().isFinal()).isTrue();
        assertThat(sync.session(id).energy()).isEqualTo(kwh("8"));

        invoicedAt("2026-07-01T12:00:00Z");
        var july = latest(ada);
        assertThat(lines(july)).containsExactly("ENERGY 1.50", "SESSION 1.50", "ADJUSTMENT -0.15"); // −0.5 × 0.30
        assertThat(july.lines().getFirst().energy()).contains(kwh("5")); // 3 + 2, measured in June
        assertThat(july.lines().getLast().energy()).contains(kwh("-0.5")); // −1.5 + 1, measured in May
        assertEverythingAddsUp(ada, List.of(id), "2.40"); // the tenth kWh
    }

    @Test
    void aTransferAfterTheInvoiceKeepsTheInvoiceAndItsSessionsWithTheDriver() {
        var ben = sync.driver("ben");
        subscribe(ben);
        long adas = charge("TAG1", "2026-05-10T10:00:00Z", "2026-05-10T11:00:00Z", 9);
        invoicedAt("2026-06-01T12:00:00Z");
        var invoice = latest(ada);
        var links = sync.bean(CardLinkService.class);
        var card = sync.session(adas).card().orElseThrow();

        assertThatThrownBy(() -> links.transfer(card, ben, Optional.of(Instant.parse("2026-05-10T10:00:00Z"))))
                .isInstanceOf(Conflict.class);
        links.transfer(card, ben, Optional.empty());
        long bens = charge("TAG1", "2026-06-10T10:00:00Z", "2026-06-10T11:00:00Z", 12);
        at("2026-06-11T12:00:00Z");
        steve.world()
                .stopTransaction(
                        adas, Instant.parse("2026-05-10T11:00:00Z"), 10_000, Optional.of("Local"), StopActor.STATION);
        sync.sync(true);
        invoicedAt("2026-07-01T12:00:00Z");

        assertThat(billing.get(InvoiceService.class).find(invoice.number(), ada))
                .contains(invoice);
        assertThat(billing.get(InvoiceService.class).find(invoice.number(), ben))
                .isEmpty();
        assertThat(sync.session(adas).driver()).contains(ada);
        assertThat(sync.session(bens).driver()).contains(ben);
        assertThat(lines(latest(ada))).containsExactly("ADJUSTMENT 0.30"); // the tenth kWh
        assertEverythingAddsUp(ada, List.of(adas), "3.00"); // 10 × 0.30
        assertEverythingAddsUp(ben, List.of(bens), "3.40"); // 10 × 0.30 + 2 × 0.20: no energy of Ada's precedes it
    }

    /** Checks that the sessions, the invoices and the charges computed from the periods' totals have the same sum. */
    private void assertEverythingAddsUp(AccountId driver, List<Long> sessions, String sum) {
        var expected = new BigDecimal(sum);
        assertThat(sessions.stream()
                        .map(id -> billing.cost(new SessionId(id))
                                .amount()
                                .orElseThrow()
                                .amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("sessions")
                .isEqualByComparingTo(expected);
        var invoices = billing.get(InvoiceService.class).pageWithLines(Optional.of(driver), Optional.empty(), 100);
        assertThat(invoices.stream().map(Invoice::net).reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("invoices")
                .isEqualByComparingTo(expected);
        var year = billing.get(UsageService.class).of(driver, PeriodUsage.Span.YEAR, BillingFixture.BERLIN);
        assertThat(year.amount().orElseThrow().amount()).as("usage").isEqualByComparingTo(expected);
        assertThat(sessions.stream().map(id -> sync.session(id).energy()).reduce(Energy.ZERO, Energy::plus))
                .isEqualTo(year.energy());
    }

    private void subscribe(AccountId driver) {
        billing.subscribe(
                driver,
                billing.plan("monthly", BillingFixture.graduated("10", "0.30", "0.20")),
                "2026-04-30T22:00:00Z",
                Optional.empty());
    }

    /** One session from 0 kWh, in SteVe and in the portal. */
    private long charge(String idTag, String from, String until, int kwh) {
        at(until);
        long id = steve.world().startTransaction("CP1", 1, idTag, Instant.parse(from), 0);
        reading(id, Instant.parse(from).plusSeconds(1800).toString(), kwh * 500L);
        steve.world().stopTransaction(id, Instant.parse(until), kwh * 1_000L, Optional.of("Local"), StopActor.STATION);
        sync.sync(true);
        return id;
    }

    private void reading(long id, String at, long wattHours) {
        steve.world().addMeterValue(id, SimulatedMeterValue.energy(Instant.parse(at), wattHours));
    }

    private void invoicedAt(String instant) {
        at(instant);
        sync.sync(true);
        assertThat(billing.get(InvoicingJob.class).run(Optional.empty())).isPositive();
    }

    private void at(String instant) {
        stevesClock.at(instant);
        sync.clock.at(instant);
        billing.clock.at(instant);
    }

    private Invoice latest(AccountId driver) {
        return billing.get(InvoiceService.class)
                .pageWithLines(Optional.of(driver), Optional.empty(), 1)
                .getFirst();
    }

    private void assertCost(long session, String amount) {
        assertThat(billing.cost(new SessionId(session)).amount().orElseThrow().amount())
                .isEqualByComparingTo(amount);
    }

    private static void assertNet(Invoice invoice, String net) {
        assertThat(invoice.net()).isEqualByComparingTo(net);
    }

    private static List<String> lines(Invoice invoice) {
        return invoice.lines().stream()
                .map(line -> line.kind() + " " + line.amount())
                .toList();
    }

    private static Energy kwh(String kwh) {
        return Energy.ofKilowattHours(kwh);
    }
}
