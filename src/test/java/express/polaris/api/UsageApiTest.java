package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

@ApplicationTest
class UsageApiTest {

    private final Portal portal;
    private final MutableClock clock;
    private final BillingData data;

    UsageApiTest(Portal portal, MutableClock clock, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.data = new BillingData(application);
    }

    @Test
    void usageOfThePeriodHasTiersAndDays() {
        var driver = portal.driver();
        var open = new LinkedHashMap<String, Object>();
        open.put("from_value", 10);
        open.put("to_value", null);
        open.put("per_unit_amount", "0.40");
        open.put("flat_amount", "1");
        data.subscribe(
                driver,
                "2026-04-30T22:00:00Z",
                Map.of(
                        "charge_model",
                        "graduated",
                        "properties",
                        Map.of(
                                "graduated_ranges",
                                List.of(
                                        Map.of(
                                                "from_value",
                                                0,
                                                "to_value",
                                                10,
                                                "per_unit_amount",
                                                "0.30",
                                                "flat_amount",
                                                "0"),
                                        open))));
        data.charged(driver.id(), new Reading("2026-05-01T10:00:00Z", "8"), new Reading("2026-05-02T10:00:00Z", "5"));
        clock.set(Instant.parse("2026-05-03T10:00:00Z"));
        var usage = new Script(portal.withToken(driver)).get("/usage?period=current");
        assertThat(usage.path("from").asString()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(usage.path("to").asString()).isEqualTo("2026-05-31T22:00:00Z");
        assertThat(usage.path("timeZone").asString()).isEqualTo("Europe/Berlin");
        assertThat(usage.path("energyKwh").asString()).isEqualTo("13.000000");
        assertThat(usage.path("cost").path("amount").asString()).isEqualTo("5.20"); // 10×0.30 + 3×0.40+1
        assertThat(usage.path("cost").path("coverage").asString()).isEqualTo("billed");
        var first = usage.path("tiers").path(0);
        var second = usage.path("tiers").path(1);
        assertThat(first.path("to").asString()).isEqualTo("10");
        assertThat(first.path("energyKwh").asString()).isEqualTo("10.000000");
        assertThat(second.path("from").asString()).isEqualTo("10");
        assertThat(second.path("to").isNull()).isTrue();
        assertThat(second.path("unitPrice").asString()).isEqualTo("0.40");
        assertThat(second.path("flat").asString()).isEqualTo("1");
        assertThat(second.path("amount").asString()).isEqualTo("2.2"); // 3×0.40 + 1
        assertThat(usage.path("days").size()).isEqualTo(3);
        assertThat(usage.path("days").path(0).path("date").asString()).isEqualTo("2026-05-01");
        assertThat(usage.path("days").path(0).path("cost").asString()).isEqualTo("2.4"); // 8×0.30
        assertThat(usage.path("days").path(2).path("energyKwh").asString()).isEqualTo("0.000000");
    }

    @Test
    void usageOfTheCalendarMonthHasNoPriceWithoutASubscription() {
        var driver = portal.driver();
        data.charged(driver.id(), new Reading("2026-05-01T10:00:00Z", "8"));
        clock.set(Instant.parse("2026-05-03T10:00:00Z"));
        var usage = new Script(portal.withToken(driver)).get("/usage");
        assertThat(usage.path("from").asString()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(usage.path("energyKwh").asString()).isEqualTo("8.000000");
        assertThat(usage.path("cost").path("coverage").asString()).isEqualTo("unknown");
        assertThat(usage.path("cost").path("amount").isNull()).isTrue();
        assertThat(usage.path("tiers").isEmpty()).isTrue();
        var others = new Script(portal.withToken(portal.driver())).get("/usage");
        assertThat(others.path("energyKwh").asString()).isEqualTo("0.000000");
    }

    @Test
    void usageIsAvailableForThePreviousPeriodAndTheYear() {
        var driver = portal.driver();
        data.subscribe(driver, "2026-01-31T23:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "10"));
        data.charged(driver.id(), new Reading("2026-05-10T10:00:00Z", "20"));
        clock.set(Instant.parse("2026-05-20T10:00:00Z"));
        var script = new Script(portal.withToken(driver));
        assertThat(script.get("/usage?period=previous")
                        .path("cost")
                        .path("amount")
                        .asString())
                .isEqualTo("3.00"); // 10×0.30
        var year = script.get("/usage?period=year");
        assertThat(year.path("from").asString()).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(year.path("cost").path("amount").asString()).isEqualTo("9.00"); // 30×0.30
        assertThat(Script.faults(script.refused(400, "/usage?period=week"))).containsExactly("period");
        assertThat(Script.faults(script.refused(400, "/usage?from=x"))).containsExactly("from");
    }
}
