package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.Account;
import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Time bands, holidays, charger groups and price series over the API, and what the computation of prices gets of them. */
@ApplicationTest
class OperatorTariffsTest {

    private static final String NIGHT = """
            {"name":"Night","rules":[{"days":["tue"],"from":"22:00","to":"06:00"}]}
            """;

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Portal portal;
    private final Browser operator;
    private final Script script;
    private final TariffService tariffs;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final String code = "t-" + UUID.randomUUID();

    OperatorTariffsTest(Portal portal, TariffService tariffs, MutableClock clock, JdbcClient jdbc) {
        this.portal = portal;
        this.operator = portal.withToken(portal.operator());
        this.script = new Script(operator);
        this.tariffs = tariffs;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @Test
    void aTimeBandIsSavedInVersionsThatHoldFromTheirInstantOn() {
        var saved = script.call(201, "PUT", "/operator/time-bands/" + code, """
            {"name":"Night","rules":[{"days":["mon","Tuesday","holiday"],"from":"22:00","to":"6:00"}]}
            """);
        assertThat(saved.path("rules").toString())
                .isEqualTo("[{\"days\":[\"mon\",\"tue\",\"holiday\"],\"from\":\"22:00\",\"to\":\"06:00\"}]");
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("time-band.save");
        var firstMonday = Instant.parse("2025-01-06T21:30:00Z"); // 22:30
        assertThat(tariffs.bands(List.of(code), Optional.empty()).contains(code, firstMonday, BERLIN))
                .isTrue();

        clock.advance(Duration.ofHours(1));
        var again = "{\"name\":\"Night\",\"rules\":[{\"days\":[\"sun\"],\"from\":\"00:00\",\"to\":\"24:00\"}]}";
        assertThat(script.call(200, "PUT", "/operator/time-bands/" + code, again)
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(script.call(200, "PUT", "/operator/time-bands/" + code, again)
                        .path("version")
                        .asInt())
                .as("unchanged")
                .isEqualTo(2);
        var bands = tariffs.bands(List.of(code, "unknown"), Optional.empty());
        assertThat(bands.contains(code, firstMonday, BERLIN))
                .as("the first version")
                .isTrue();
        assertThat(bands.contains(code, Instant.parse("2027-01-03T12:00:00Z"), BERLIN))
                .as("a Sunday of the second one")
                .isTrue();
        assertThat(bands.has("unknown")).isFalse();
        assertThat(script.get("/operator/time-bands/" + code)
                        .path("rules")
                        .path(0)
                        .path("to")
                        .asString())
                .isEqualTo("24:00");
        script.refused(404, "/operator/time-bands/" + code + "-other");
    }

    @Test
    void allFaultsOfATimeBandAreReportedAtOnceAndUnknownFieldsByName() {
        var problem = script.call(422, "PUT", "/operator/time-bands/Night!", """
            {"rules":[{"days":["mon","someday"],"from":"25:00","to":"6"},null,{"from":"06:00","to":"22:00"}]}
            """);
        assertThat(Script.faults(problem))
                .containsExactly(
                        "code",
                        "name",
                        "rules[0].days[1]",
                        "rules[0].from",
                        "rules[0].to",
                        "rules[1]",
                        "rules[2].days");
        assertThat(Script.faults(script.call(
                        422, "PUT", "/operator/time-bands/" + code, "{\"name\":\"N\",\"rules\":[{\"hours\":1}]}")))
                .containsExactly("rules[0].hours");
    }

    @Test
    void holidaysCanBeLookedUpAsTheyWereAtAnInstant() {
        script.call(201, "PUT", "/operator/time-bands/" + code, """
            {"name":"Holidays","rules":[{"days":["holiday"],"from":"00:00","to":"24:00"}]}
            """);
        var saved = script.call(200, "PUT", "/operator/holidays", """
            {"days":["2031-12-25",{"date":"2031-12-24","name":"Christmas Eve"}]}
            """);
        assertThat(saved.path("days").path(0).path("name").asString()).isEqualTo("Christmas Eve");
        var then = clock.instant();
        clock.advance(Duration.ofHours(1));
        script.call(200, "PUT", "/operator/holidays", "{\"days\":[\"2031-12-25\"]}");

        var christmasEve = Instant.parse("2031-12-24T12:00:00Z");
        assertThat(tariffs.bands(List.of(code), Optional.empty()).contains(code, christmasEve, BERLIN))
                .isFalse();
        assertThat(tariffs.bands(List.of(code), Optional.of(then)).contains(code, christmasEve, BERLIN))
                .isTrue();
        assertThat(Script.faults(script.call(
                        422, "PUT", "/operator/holidays", "{\"days\":[\"soon\",\"2031-12-25\",\"2031-12-25\",null]}")))
                .containsExactly("days[0].date", "days[2].date", "days[3].date");
    }

    @Test
    void aChargeBoxBelongsToANewGroupSinceEverAndLaterFromNowOn() {
        var box = "CB-" + UUID.randomUUID();
        script.call(201, "PUT", "/operator/chargers/" + box, "{\"name\":\"Left\"}");
        script.call(201, "PUT", "/operator/chargers/" + box + "-2", "{\"name\":\"Right\"}");
        script.call(201, "PUT", "/operator/charger-groups/" + code, """
            {"name":"Garage","chargeBoxIds":["%s"]}
            """.formatted(box.toLowerCase(Locale.ROOT)));
        clock.advance(Duration.ofHours(1));
        var changed = clock.instant();
        var group = script.call(200, "PUT", "/operator/charger-groups/" + code, """
            {"name":"Garage","chargeBoxIds":["%s-2"]}
            """.formatted(box));

        assertThat(group.path("chargeBoxIds").toString()).isEqualTo("[\"" + box + "-2\"]");
        var groups = tariffs.groups();
        assertThat(groups.of(box, Instant.EPOCH)).containsExactly(code);
        assertThat(groups.of(box, changed)).isEmpty();
        assertThat(groups.of(box + "-2", changed.minusMillis(1))).isEmpty();
        assertThat(groups.of(box + "-2", changed)).containsExactly(code);
        assertThat(Script.faults(script.call(
                        422,
                        "PUT",
                        "/operator/charger-groups/" + code,
                        "{\"chargeBoxIds\":[\"nowhere\",\"%s\",\"%s\"]}".formatted(box, box))))
                .containsExactly("name", "chargeBoxIds[0]", "chargeBoxIds[2]");
    }

    @Test
    void aReplacedPriceCanBeLookedUpAsOfTheInstantBefore() {
        var path = "/operator/price-series/" + code;
        var first = script.call(201, "PUT", path + "?currency=EUR&unit=mwh&name=Spot", """
            [{"from":"2026-12-01T00:00:00Z","to":"2026-12-01T01:00:00Z","price":"100"},
             {"from":"2026-12-01T01:00:00Z","to":"2026-12-01T02:00:00Z","price":-5.5}]
            """);
        assertThat(first.path("added").asInt()).isEqualTo(2);
        assertThat(first.path("series").path("to").asString()).isEqualTo("2026-12-01T02:00:00Z");
        var then = clock.instant();
        clock.advance(Duration.ofHours(1));
        var answer = operator.send(
                "PUT",
                "/api/v1" + path,
                Map.of("Content-Type", "text/csv"),
                "from;to;price\n2026-12-01 01:30;2026-12-01 01:45;80,5\n2026-12-01 02:00;2026-12-01 03:00;-5,5000000000000002\n");
        assertThat(answer.statusCode()).isEqualTo(200);
        var second = JsonMapper.builder().build().readTree(answer.body());
        assertThat(second.path("added").asInt()).isEqualTo(1);
        assertThat(second.path("replaced").asInt()).isEqualTo(1);
        assertThat(second.path("unchanged").asInt())
                .isEqualTo(1); // 02:00 in Berlin is 01:00 UTC; rounded, the price is -5.5

        var start = Instant.parse("2026-12-01T00:40:00Z");
        var end = Instant.parse("2026-12-01T00:50:00Z");
        assertThat(tariffs.series(code, start, end, Optional.empty()).at(start))
                .contains(new Price(
                        Instant.parse("2026-12-01T00:30:00Z"),
                        Instant.parse("2026-12-01T00:45:00Z"),
                        new BigDecimal("0.0805"))); // 80.5 ÷ 1000
        assertThat(tariffs.series(code, start, end, Optional.empty())
                        .at(end)
                        .orElseThrow()
                        .perKwh())
                .as("what remains of the hour")
                .isEqualByComparingTo("0.1"); // 100 ÷ 1000
        assertThat(tariffs.series(code, start, end, Optional.of(then))
                        .at(start)
                        .orElseThrow()
                        .to())
                .as("the whole hour, as it was")
                .isEqualTo("2026-12-01T01:00:00Z");
        assertThat(tariffs.currencyOf(code).orElseThrow().getCurrencyCode()).isEqualTo("EUR");
        assertThat(Script.faults(script.call(422, "PUT", path + "?currency=CHF&unit=gwh&zone=Mars", "[null]")))
                .containsExactly("currency", "unit", "zone", "prices[0].from", "prices[0].to", "prices[0].price");
    }

    @Test
    void aPlanThatNamesWhatDoesNotExistIsRefusedWithAllFaults() {
        script.call(201, "PUT", "/operator/time-bands/" + code, NIGHT);
        script.call(201, "PUT", "/operator/price-series/" + code + "?currency=CHF&unit=kwh", """
            [{"from":"2026-12-01T00:00:00Z","to":"2026-12-01T01:00:00Z","price":"0.10"}]
            """);
        var refused = script.call(422, "POST", "/operator/plans", """
            {"code":"named","name":"Named","interval":"monthly","amount_cents":-1,"amount_currency":"EUR","charges":[
             {"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.4"},"filters":[
              {"values":{"time_band":["%1$s-2"]},"properties":{"amount":"0.3"}},
              {"values":{"time_band":["%1$s"],"charger_group":["%1$s-3"]},"properties":{"amount":"0.3"}}]},
             {"billable_metric_code":"energy_kwh","charge_model":"dynamic","properties":{"price_series":"%1$s"}},
             {"billable_metric_code":"energy_kwh","charge_model":"dynamic","properties":{"price_series":"%1$s-4"}}]}
            """.formatted(code));
        assertThat(Script.faults(refused))
                .containsExactlyInAnyOrder(
                        "amount_cents",
                        "charges[0].filters[0].values.time_band",
                        "charges[0].filters[1].values.charger_group",
                        "charges[1].properties.price_series",
                        "charges[2].properties.price_series");
        assertThat(refused.toString())
                .contains("There is no time band \\\"" + code + "-2\\\"; create it first, or use one of ")
                .contains("is in CHF, the plan in EUR; use a series in EUR.");
    }

    @Test
    void pricesOfDriversWhosePlanNamesWhatChangesAreForgotten() {
        script.call(201, "PUT", "/operator/time-bands/" + code, NIGHT);
        script.call(201, "PUT", "/operator/time-bands/" + code + "-2", NIGHT);
        var named = subscribed("""
            {"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.4"},
             "filters":[{"values":{"time_band":["%s"]},"properties":{"amount":"0.3"}}]}""".formatted(code));
        var other = subscribed("""
            {"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.4"},
             "filters":[{"values":{"time_band":["%s-2"]},"properties":{"amount":"0.3"}}]}""".formatted(code));
        long before = version(named);
        long beforeOther = version(other);

        script.call(200, "PUT", "/operator/time-bands/" + code, """
            {"name":"Night","rules":[{"days":["mon"],"from":"22:00","to":"06:00"}]}
            """);

        assertThat(version(named)).isGreaterThan(before);
        assertThat(version(other)).isEqualTo(beforeOther);
    }

    private Account subscribed(String charge) {
        var plan = "plan-" + UUID.randomUUID();
        script.call(201, "POST", "/operator/plans", """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":0,"amount_currency":"EUR","charges":[%s]}
            """.formatted(plan, charge));
        var driver = portal.driver();
        script.call(201, "POST", "/operator/subscriptions", """
            {"driverId":%s,"planCode":"%s","startedAt":"2026-01-01T00:00:00Z","billingTime":"calendar",
             "timeZone":"Europe/Berlin"}""".formatted(driver.id(), plan));
        return driver;
    }

    private long version(Account driver) {
        return jdbc.sql("select version from billing_versions where driver_id = ?")
                .param(driver.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasSavedNeverChanges() {
        script.call(201, "PUT", "/operator/time-bands/" + code, """
            {"name":"Night","rules":[{"days":["mon"],"from":"22:00","to":"06:00"}]}
            """);
        script.call(201, "PUT", "/operator/price-series/" + code, """
            [{"from":"2026-12-01T00:00:00Z","to":"2026-12-01T01:00:00Z","price":"0.1"}]
            """);

        for (var statement : List.of(
                "update time_bands set name = 'x' where code = ?",
                "delete from series_prices where series_id = (select id from price_series where code = ?)",
                "update series_prices set per_kwh = 0 where series_id = (select id from price_series where code = ?)")) {
            assertThatThrownBy(() -> jdbc.sql(statement).param(code).update())
                    .as(statement)
                    .hasMessageContaining("never change");
        }
    }
}
