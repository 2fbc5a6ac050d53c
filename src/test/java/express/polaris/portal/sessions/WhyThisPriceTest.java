package express.polaris.portal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How pages explain prices by time, fees, market prices, and why there is no price. */
@ApplicationTest
class WhyThisPriceTest {

    private static final String APRIL = "2021-03-31T22:00:00Z";

    private final Portal portal;
    private final PlanService plans;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final BillingData data;
    private final String code = "c-" + UUID.randomUUID();

    WhyThisPriceTest(
            Portal portal, PlanService plans, JdbcClient jdbc, MutableClock clock, ApplicationContext application) {
        this.portal = portal;
        this.plans = plans;
        this.jdbc = jdbc;
        this.clock = clock;
        this.data = new BillingData(application);
    }

    private void subscribe(Account driver, List<Map<String, Object>> charges) {
        plans.save(Map.of(
                "code",
                code,
                "name",
                "Home",
                "interval",
                "monthly",
                "amount_cents",
                0,
                "amount_currency",
                "EUR",
                "vat_rate",
                0,
                "charges",
                charges));
        data.assign(driver, code, APRIL);
    }

    /** 0.31 per kWh, 0.19 at night (22–6 h), 0.05 per idle minute after 15 min, at most 120 min. */
    private void subscribeToTimeOfUse(Account driver) {
        var saved = portal.signedIn(portal.operator())
                .postAll(
                        "/operator/prices/bands",
                        "code",
                        code,
                        "name",
                        "Night",
                        "days0",
                        "sat",
                        "days0",
                        "sun",
                        "from",
                        "22:00",
                        "to",
                        "6:00");
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        subscribe(
                driver,
                List.of(
                        Map.of(
                                "billable_metric_code",
                                "energy_kwh",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of("amount", "0.31"),
                                "filters",
                                List.of(Map.of(
                                        "values",
                                        Map.of("time_band", List.of(code)),
                                        "properties",
                                        Map.of("amount", "0.19")))),
                        Map.of(
                                "billable_metric_code",
                                "idle_minutes",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of("amount", "0.05", "grace_minutes", 15, "cap_minutes", 120))));
    }

    private String text(Account reader, String path) {
        var page = portal.signedIn(reader).get(path).body();
        return page.substring(Math.max(0, page.indexOf("<main")))
                .replaceAll("<[^>]*>", " ")
                .replaceAll("[\\s\\u00a0]+", " ");
    }

    private void inGerman(Account driver) {
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(driver.id().value())
                .update();
    }

    @Test
    void aSessionOverABandBoundaryWithAnIdleFeeIsExplainedInBothLanguages() {
        var driver = portal.driver();
        subscribeToTimeOfUse(driver);
        // Saturday, 21:30–22:30 in Berlin, then idle until 24:00
        long session = data.charged(
                driver.id(), new Reading("2021-04-10T20:30:00Z", "2"), new Reading("2021-04-10T22:00:00Z", "0"));

        assertThat(text(driver, "/sessions/" + session))
                .contains("€4.25") // 1 × 0.31 + 1 × 0.19 + 75 × 0.05
                .contains("1.000 kWh × €0.31", "Night 1.000 kWh × €0.19")
                .contains("75 min idle after 15 min free × €0.05")
                .contains("shared between the two prices by time")
                .containsOnlyOnce("Estimate");
        assertThat(text(portal.operator(), "/operator/transactions/" + session))
                .contains("Night 1.000 kWh × €0.19", "75 min idle after 15 min free × €0.05", "€4.25");
        assertThat(text(driver, "/sessions/statement?month=2021-04"))
                .contains("By price", "Night", "75 min idle", "€3.75");
        inGerman(driver);
        assertThat(text(driver, "/sessions/" + session))
                .contains("75 min Standzeit nach 15 freien min × 0,05 €", "nach der Zeit auf beide Preise aufgeteilt");
        assertThat(text(portal.operator(), "/operator/plans"))
                .contains("€0.31 per kWh, Night €0.19 · €0.05 per idle minute after 15 min, at most 120 min");
    }

    @Test
    void flatAmountsAndPackagesAreExplainedOnTheDashboard() {
        var driver = portal.driver();
        subscribe(
                driver,
                List.of(
                        Map.of(
                                "billable_metric_code", "energy_kwh",
                                "charge_model", "graduated",
                                "properties", Map.of("graduated_ranges", List.of(TestPlan.rangeFrom(0, "0.30", "5")))),
                        Map.of(
                                "billable_metric_code", "session",
                                "charge_model", "package",
                                "properties", Map.of("amount", "5", "package_size", 2, "free_units", 0)),
                        Map.of(
                                "billable_metric_code", "connected_minutes",
                                "charge_model", "graduated",
                                "properties",
                                        Map.of("graduated_ranges", List.of(TestPlan.rangeFrom(0, "0.01", "1"))))));
        for (var day : List.of("10", "11", "12")) {
            data.charged(driver.id(), new Reading("2021-04-" + day + "T10:00:00Z", "5"));
        }
        clock.set(Instant.parse("2021-04-20T12:00:00Z"));

        assertThat(text(driver, "/"))
                .contains("€0.30 per kWh + €5.00 flat 15.00 kWh · €9.50") // 15 × 0.30 + 5
                .contains("€10.00 3 sessions") // 2 packages of 2
                .contains("€2.80 180 min plugged in × €0.01 + €1.00 flat") // 180 × 0.01 + 1
                .doesNotContain("× €0.00");
    }

    @Test
    void anIdleFeeGrowsWhileTheSessionRunsWithoutAReading() {
        var driver = portal.driver();
        subscribeToTimeOfUse(driver);
        long session = data.charged(
                driver.id(), new Reading("2021-04-10T18:00:00Z", "2"), new Reading("2021-04-10T18:05:00Z", "0"));
        jdbc.sql("""
            update transaction_sync_state
               set is_finalized = false, finalized_at = null, stopped_at = null, steve_stopped_at = null,
                   stop_value_wh = null
             where steve_transaction_id = ?
            """).param(session).update();
        jdbc.sql("update synced_transaction_events set is_final = false where steve_transaction_id = ?")
                .param(session)
                .update();

        clock.set(Instant.parse("2021-04-10T18:25:00Z"));
        assertThat(text(driver, "/sessions/" + session)).contains("10 min idle after 15 min free × €0.05", "€1.12");
        clock.set(Instant.parse("2021-04-10T18:35:00Z"));
        assertThat(text(driver, "/sessions/" + session)).contains("20 min idle after 15 min free × €0.05", "€1.62");
        clock.set(Instant.parse("2021-04-10T21:00:00Z"));
        assertThat(text(driver, "/sessions/" + session))
                .contains("120 min idle after 15 min free (at most 120 min) × €0.05", "€6.62"); // 2×0.31 + 120×0.05
    }

    @Test
    void marketPricesAreFoldedIntoTheirAverageAndAMissingOneIsNamed() {
        var driver = portal.driver();
        jdbc.sql("""
            with series as (
                insert into price_series (code, name, currency, unit, created_at)
                values (:code, 'Spot', 'EUR', 'kwh', '2021-01-01T00:00:00Z') returning id)
            insert into series_prices (series_id, from_at, to_at, per_kwh, recorded_at)
            select series.id, at, at + interval '1 hour', 0.10 + 0.02 * (extract(epoch from at)::bigint / 3600 % 2),
                   '2021-01-01T00:00:00Z'
              from series, generate_series('2021-04-01'::timestamptz, '2021-04-19T23:00:00Z', '1 hour') at
            """).param("code", code).update();
        jdbc.sql("update tariff_version set version = version + 1").update();
        subscribe(
                driver,
                List.of(Map.of(
                        "billable_metric_code",
                        "energy_kwh",
                        "charge_model",
                        "dynamic",
                        "properties",
                        Map.of("price_series", code, "markup", "0.05"))));
        long session = data.charged(
                driver.id(), new Reading("2021-04-10T10:00:00Z", "3"), new Reading("2021-04-10T13:00:00Z", "9"));
        long later = data.charged(driver.id(), new Reading("2021-04-20T10:00:00Z", "3"));

        assertThat(text(driver, "/sessions/" + session))
                .contains("market price 12.000 kWh × €0.16 on average", "All 4 prices")
                .contains("11:00–12:00 3.000 kWh × €0.17", "12:00–13:00 3.000 kWh × €0.15")
                .contains("€1.92"); // 6 × 0.17 + 6 × 0.15
        assertThat(text(driver, "/sessions/" + later))
                .contains("No price", "The market price of this hour (Apr 20, 2021, 11:00) is not known yet.")
                .doesNotContain("Estimate");
        assertThat(text(portal.operator(), "/operator/transactions/" + later))
                .contains("The price series " + code + " has no price for Apr 20, 2021");
    }

    @Test
    void aGapNamesItsDateAndDoesNotPromiseAPrice() {
        var driver = portal.driver();
        plans.save(TestPlan.standard(code, "0.30").json());
        long early = data.charged(driver.id(), new Reading("2021-03-20T10:00:00Z", "3"));
        assertThat(text(driver, "/sessions/" + early))
                .contains("You had no plan when you charged.")
                .doesNotContain("yet", "Estimate");
        data.assign(driver, code, APRIL);

        assertThat(text(driver, "/sessions/" + early))
                .contains("No price", "You charged before your plan began on Apr 1, 2021.")
                .doesNotContain("Estimate");
        assertThat(text(portal.operator(), "/operator/transactions/" + early))
                .contains("The energy flowed before the driver’s subscription began on ");
        jdbc.sql("update subscriptions set ended_at = '2021-04-30T22:00:00Z' where driver_id = ?")
                .param(driver.id().value())
                .update();
        long late = data.charged(driver.id(), new Reading("2021-05-20T10:00:00Z", "3"));
        assertThat(text(driver, "/sessions/" + late))
                .contains("You have had no plan since yours ended on Apr 30, 2021.");
        inGerman(driver);
        assertThat(text(driver, "/sessions/" + early))
                .contains("Du hast geladen, bevor dein Tarif am 01.04.2021 begann.");
    }
}
