package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.cost.PeriodUsage;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.groups.OperatorGroups.WantedGroup;
import express.polaris.billing.invoicing.InvoiceLine.Kind;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.tariffs.ChargerGroupDraft;
import express.polaris.billing.tariffs.HolidayDraft;
import express.polaris.billing.tariffs.OperatorTariffs;
import express.polaris.billing.tariffs.PriceDraft;
import express.polaris.billing.tariffs.PriceUpload;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.billing.tariffs.TimeBandDraft;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What invoices have keeps its price, whatever changes afterwards: market prices, holidays, time bands, charger groups and
 * discounts.
 *
 * <p>A kWh costs 0.40 for the first 10 of a month and 0.30 above, 0.25 on Sundays and holidays, at the depot by night 0.20
 * for the first 2 and 0.10 above; and always the market price + 0.01. An idle minute costs 0.05, on Sundays and
 * holidays 0.01, after 10 minutes; a session 1.00, at the depot 0.50. Fleet drivers have 10 % discount.
 */
@ApplicationTest
class InvoicedPricesStayTest {

    private static final Instant APRIL = Instant.parse("2026-03-31T22:00:00Z");
    private static final int HOURS_OF_TWO_MONTHS = 61 * 24;
    private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final Portal portal;
    private final ApplicationContext context;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final BillingData data;
    private final OperatorTariffs tariffs;
    private final String id = UUID.randomUUID().toString();
    private final String free = "free-" + id;
    private final String night = "night-" + id;
    private final String depot = "depot-" + id;
    private final String spot = "spot-" + id;
    private final String fleet = "fleet-" + id;
    private final Account operator;
    private final Account anna;

    /** Holidays of other tests. */
    private final List<@Nullable HolidayDraft> others;

    private long onGoodFriday;
    private long overTenAtNight;
    private long large;

    InvoicedPricesStayTest(Portal portal, ApplicationContext context, MutableClock clock, JdbcClient jdbc) {
        this.portal = portal;
        this.context = context;
        this.clock = clock;
        this.jdbc = jdbc;
        this.data = new BillingData(context);
        this.tariffs = context.getBean(OperatorTariffs.class);
        this.operator = portal.operator();
        this.anna = portal.driver();
        this.others = new ArrayList<>(context.getBean(TariffService.class).holidays().stream()
                .map(day -> holiday(day.day().toString()))
                .toList());
    }

    @BeforeEach
    void aprilIsInvoiced() {
        // A clock that was ahead has recorded a holiday; it can be removed all the same.
        clock.set(APRIL.plus(Duration.ofDays(90)));
        holidays("2026-12-26");
        clock.set(APRIL);
        jdbc.sql("update invoice_schedule set due_at = '9999-01-01T00:00:00Z', held_because = null")
                .update();
        context.getBean(ChargerService.class).seen(new ChargeBoxId("CP1"), 1, APRIL);
        holidays("2026-04-03");
        band(free, List.of("sun", "holiday"), "00:00", "24:00");
        band(night, WEEK, "22:00", "06:00");
        group("CP1");
        prices(hour -> hour % 2 == 0 ? "0.10" : "0.20"); // of UTC
        context.getBean(PlanService.class).save(plan());
        data.assign(anna, "plan-" + id, APRIL.toString());
        discount("10", true);

        onGoodFriday = data.charged(
                anna.id(), new Reading("2026-04-03T10:00:00Z", "4"), new Reading("2026-04-03T11:00:00Z", "0"));
        overTenAtNight = data.charged(
                anna.id(), new Reading("2026-04-08T20:30:00Z", "6"), new Reading("2026-04-08T21:30:00Z", "0"));
        large = data.charged(anna.id(), new Reading("2026-04-15T09:00:00Z", "12"));
        assertThat(invoiceAt("2026-05-01T12:00:00Z")).isEqualTo(1);
        clock.at("2026-05-02T12:00:00Z");
    }

    @AfterEach
    void otherTestsHaveTheirHolidays() {
        tariffs.saveHolidays(operator.id(), Optional.of(others));
    }

    @Test
    void nothingThatAnInvoiceHasChangesItsPriceAfterwards() {
        // 4 × (0.25 + 0.21), 50 idle min × 0.01, at the depot 0.50
        assertThat(amount(onGoodFriday)).isEqualByComparingTo("2.84");
        // 3 × (0.40 + 0.21) by day, 2 × 0.20 + 0.10 + 3 × 0.11 by night, 50 idle min × 0.05, 0.50
        assertThat(amount(overTenAtNight)).isEqualByComparingTo("5.66");
        // 7 × 0.40 + 5 × 0.30 + 12 × 0.11, 0.50
        assertThat(amount(large)).isEqualByComparingTo("6.12");
        // 14.62, less 10 %
        assertThat(invoices().getFirst().net()).isEqualByComparingTo("13.16");
        var before = everything();

        everythingChanges();

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void partsThatAreTakenBackComeBackAtTheirPriceAndDiscount() {
        everythingChanges();
        takeBack(large, 1, "5");

        // 5 × 0.30 + 5 × 0.11
        assertThat(amount(large)).isEqualByComparingTo("4.07"); // 6.12 − 2.05
        assertThat(amount(onGoodFriday)).isEqualByComparingTo("2.84");
        // 14.62 − 2.05 = 12.57, less 1.26; 13.16 are paid
        assertThat(forecast()).isEqualByComparingTo("-1.85");
        var april = invoices().getFirst();

        invoiceAt("2026-06-01T12:00:00Z");

        assertThat(amounts(invoices().getFirst(), Kind.ADJUSTMENT)).containsExactly(new BigDecimal("-2.05"));
        assertThat(amounts(invoices().getFirst(), Kind.DISCOUNT)).containsExactly(new BigDecimal("0.20"));
        assertThat(invoices().getLast()).isEqualTo(april);
        assertThat(amount(large)).isEqualByComparingTo("4.07");
    }

    @Test
    void whatNoInvoiceHasYetFollowsTheChanges() {
        everythingChanges();
        takeBack(large, 1, "5");
        // The invoiced session of Good Friday once more, which is an ordinary day now.
        long late = data.charged(
                anna.id(), new Reading("2026-04-03T10:00:00Z", "4"), new Reading("2026-04-03T11:00:00Z", "0"));
        // Monday, 20:30–21:30, then idle until 22:30
        long later = data.charged(
                anna.id(), new Reading("2026-05-04T19:30:00Z", "2"), new Reading("2026-05-04T20:30:00Z", "0"));
        clock.at("2026-05-05T12:00:00Z");

        // after 3 + 7 kWh: 4 × (0.30 + 0.51), 50 idle min × 0.05; the box still was at the depot: 0.50
        assertThat(amount(late)).isEqualByComparingTo("6.24");
        // night now begins at 20:00, but not here: 2 × (0.40 + 0.51), 50 idle min × 0.05, 1.00
        assertThat(amount(later)).isEqualByComparingTo("5.32");
        assertThat(amount(onGoodFriday)).isEqualByComparingTo("2.84");
        var forecast = forecast();

        invoiceAt("2026-06-01T12:00:00Z");

        var may = invoices().getFirst();
        // May: 5.32 less 50 %. April: 14.62 − 2.05 + 6.24 = 18.81 less 1.88, of which 13.16 are paid.
        assertThat(may.net()).isEqualByComparingTo("6.43");
        assertThat(forecast).isEqualByComparingTo("6.43");
        assertThat(amount(late)).isEqualByComparingTo("6.24");
        assertThat(amount(later)).isEqualByComparingTo("5.32");
    }

    @Test
    void aReplacementOfTheInvoiceHasTheSameLines() {
        everythingChanges();
        var april = invoices().getFirst();
        var before = costs();

        var replaced =
                context.getBean(CancellationService.class).cancel(operator.id(), april.number(), "Wrong address", true);

        assertThat(replaced.cancellation().net())
                .isEqualByComparingTo(april.net().negate());
        assertThat(replaced.replacement().orElseThrow().lines()).isEqualTo(april.lines());
        assertThat(costs()).isEqualTo(before);
    }

    /** Fails if a longer session is compared with what it would cost by the holidays of today. */
    @Test
    void aFeeIsCorrectedByTheRulesOfItsInvoice() {
        everythingChanges();
        jdbc.sql("""
            update transaction_sync_state
               set stopped_at = '2026-04-03T12:00:00Z', steve_stopped_at = '2026-04-03T12:00:00Z', revision = revision + 1,
                   updated_at = :now
             where steve_transaction_id = :id
            """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", onGoodFriday)
                .update();
        assertThat(amount(onGoodFriday)).isEqualByComparingTo("3.44"); // 2.84 + 60 × 0.01

        invoiceAt("2026-06-01T12:00:00Z");

        assertThat(amounts(invoices().getFirst(), Kind.ADJUSTMENT)).containsExactly(new BigDecimal("0.60"));
    }

    private void everythingChanges() {
        prices(hour -> "0.50");
        holidays("2026-04-08");
        band(free, List.of("sun"), "00:00", "24:00");
        band(night, WEEK, "20:00", "08:00");
        group();
        discount("50", false);
        clock.advance(Duration.ofMinutes(1));
    }

    /** All that people see of April, and what is stored of it. */
    private record Seen(
            List<SessionCost> costs,
            List<String> pages,
            PeriodUsage usage,
            List<Invoice> invoices,
            BigDecimal forecast,
            List<String> sealed) {}

    private Seen everything() {
        return new Seen(
                costs(),
                Stream.of(onGoodFriday, overTenAtNight, large)
                        .map(session -> page("/sessions/" + session))
                        .toList(),
                context.getBean(UsageService.class).of(anna.id(), PeriodUsage.Span.PREVIOUS, BillingFixture.BERLIN),
                invoices(),
                forecast(),
                jdbc.sql("""
                    select x::text from sealed_events x join subscriptions s on s.id = x.subscription_id where s.driver_id = :id
                    union all
                    select x::text from sealed_session_usage x join subscriptions s on s.id = x.subscription_id
                     where s.driver_id = :id
                    union all
                    select x::text from sealed_usage x join subscriptions s on s.id = x.subscription_id where s.driver_id = :id
                    """)
                        .param("id", anna.id().value())
                        .query((row, number) -> String.valueOf(row.getString(1)))
                        .list());
    }

    private String page(String path) {
        var body = portal.signedIn(anna).get(path).body();
        return body.substring(body.indexOf("<main"), body.indexOf("</main"))
                .replaceAll("<input type=.hidden[^>]*>", "");
    }

    private List<SessionCost> costs() {
        return Stream.of(onGoodFriday, overTenAtNight, large).map(this::cost).toList();
    }

    private SessionCost cost(long session) {
        var found = context.getBean(SessionService.class).find(new SessionId(session));
        return context.getBean(SessionCostService.class).of(found.orElseThrow());
    }

    private BigDecimal amount(long session) {
        return cost(session).amount().orElseThrow().amount();
    }

    private BigDecimal forecast() {
        var usage = context.getBean(UsageService.class).of(anna.id(), PeriodUsage.Span.CURRENT, BillingFixture.BERLIN);
        return context.getBean(NextInvoiceService.class)
                .of(anna.id(), usage)
                .flatMap(NextInvoice::net)
                .orElseThrow()
                .amount();
    }

    private List<Invoice> invoices() {
        return context.getBean(InvoiceService.class).pageWithLines(Optional.of(anna.id()), Optional.empty(), 10);
    }

    private static List<BigDecimal> amounts(Invoice invoice, Kind kind) {
        return invoice.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(InvoiceLine::amount)
                .toList();
    }

    private int invoiceAt(String now) {
        clock.at(now);
        data.allIsReadAt(now);
        return context.getBean(InvoicingJob.class).run(Optional.empty());
    }

    private void takeBack(long session, int position, String kwh) {
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
            select :id, :position, measured_at, measured_at, 0, 0, -:kwh::numeric, '{correction}', true, :now
              from synced_transaction_events where steve_transaction_id = :id and position = :position - 1
            """)
                .param("id", session)
                .param("position", position)
                .param("kwh", kwh)
                .param("now", SqlTime.utc(clock.instant()))
                .update();
        jdbc.sql("""
            update transaction_sync_state set revision = revision + 1, updated_at = :now where steve_transaction_id = :id
            """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", session)
                .update();
    }

    private Map<String, ?> plan() {
        return Map.of(
                "code",
                "plan-" + id,
                "name",
                "Fleet",
                "interval",
                "monthly",
                "amount_cents",
                0,
                "amount_currency",
                "EUR",
                "vat_rate",
                19,
                "charges",
                List.of(
                        charge(
                                "energy_kwh",
                                "graduated",
                                ranges(10, "0.40", "0.30"),
                                filter(Map.of("time_band", List.of(free)), ranges(1_000, "0.25", "0.25")),
                                filter(
                                        Map.of("time_band", List.of(night), "charger_group", List.of(depot)),
                                        ranges(2, "0.20", "0.10"))),
                        charge("energy_kwh", "dynamic", Map.of("price_series", spot, "markup", "0.01")),
                        charge(
                                "idle_minutes",
                                "standard",
                                Map.of("amount", "0.05", "grace_minutes", 10),
                                filter(Map.of("time_band", List.of(free)), Map.of("amount", "0.01"))),
                        charge(
                                "session",
                                "standard",
                                Map.of("amount", "1"),
                                filter(Map.of("charger_group", List.of(depot)), Map.of("amount", "0.50")))));
    }

    @SafeVarargs
    private static Map<String, Object> charge(
            String metric, String model, Map<String, ?> properties, Map<String, Object>... filters) {
        return Map.of(
                "billable_metric_code",
                metric,
                "charge_model",
                model,
                "properties",
                properties,
                "filters",
                List.of(filters));
    }

    private static Map<String, Object> filter(Map<String, ?> values, Map<String, ?> properties) {
        return Map.of("values", values, "properties", properties);
    }

    private static Map<String, ?> ranges(int upTo, String first, String second) {
        return Map.of(
                "graduated_ranges",
                List.of(
                        Map.of("from_value", 0, "to_value", upTo, "per_unit_amount", first, "flat_amount", "0"),
                        Map.of("from_value", upTo + 1, "per_unit_amount", second, "flat_amount", "0")));
    }

    private static HolidayDraft holiday(String day) {
        return new HolidayDraft(Optional.of(day), Optional.of("Holiday"));
    }

    private void holidays(String day) {
        var days = new ArrayList<@Nullable HolidayDraft>(others);
        days.add(holiday(day));
        tariffs.saveHolidays(operator.id(), Optional.of(days));
    }

    private void band(String code, List<String> days, String from, String to) {
        var rule = new TimeBandDraft.Rule(
                Optional.of(new ArrayList<@Nullable String>(days)), Optional.of(from), Optional.of(to));
        tariffs.saveBand(
                operator.id(), code, new TimeBandDraft(Optional.of("Hours"), Optional.of(nullable(List.of(rule)))));
    }

    private static <T> List<@Nullable T> nullable(List<T> list) {
        return new ArrayList<>(list);
    }

    private void group(String... boxes) {
        tariffs.saveGroup(
                operator.id(),
                depot,
                new ChargerGroupDraft(Optional.of("Depot"), Optional.of(nullable(List.of(boxes)))));
    }

    /** @param price of an hour, which is counted from midnight in UTC */
    private void prices(IntFunction<String> price) {
        var start = APRIL.minus(Duration.ofHours(22));
        var drafts = IntStream.range(0, HOURS_OF_TWO_MONTHS)
                .mapToObj(hour -> new PriceDraft(
                        "prices[" + hour + "]",
                        start.plus(Duration.ofHours(hour)).toString(),
                        start.plus(Duration.ofHours(hour + 1)).toString(),
                        price.apply(hour)))
                .toList();
        tariffs.storePrices(
                operator.id(),
                spot,
                new PriceUpload(Optional.of("Spot"), Optional.of("EUR"), Optional.empty(), Optional.of("UTC"), drafts));
    }

    private void discount(String percent, boolean isNew) {
        var groups = context.getBean(OperatorGroups.class);
        groups.save(operator.id(), new WantedGroup(fleet, "Fleet", percent, ""), isNew);
        if (isNew) {
            groups.add(operator.id(), fleet, anna.id(), APRIL.toString(), "");
        }
    }
}
