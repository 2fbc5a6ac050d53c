package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.tariffs.TariffService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class PricesConsoleTest {

    private final Portal portal;
    private final TariffService tariffs;
    private final MutableClock clock;
    private final String code = "c-" + UUID.randomUUID();
    private Browser operator;

    PricesConsoleTest(Portal portal, TariffService tariffs, MutableClock clock) {
        this.portal = portal;
        this.tariffs = tariffs;
        this.clock = clock;
        this.operator = portal.browser();
    }

    @BeforeEach
    void signIn() {
        operator = portal.signedIn(portal.operator());
    }

    private String[] band(String... more) {
        var fields = new ArrayList<>(List.of("code", code, "name", "Evening"));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    @Test
    void aTimeBandIsSavedAndShownAsAWeekAndInWords() {
        var answer = operator.postAll(
                "/operator/prices/bands",
                band(
                        "days0", "mon", "days0", "tue", "days0", "wed", "from", "18:00", "to", "24:00", "days1",
                        "holiday", "from", "22:00", "to", "2:00"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        var page = operator.get(answer.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(page)
                .contains("It holds for energy from now on")
                .contains("Evening: Mon–Wed 18:00–24:00; Holiday 22:00–02:00")
                .contains("name=\"to\" value=\"24:00\"")
                .contains("from the beginning");
        // 18 of 24 hours are 750 thousandths
        assertThat(page.split("x=\"750\" width=\"250\"", -1)).hasSize(4);
        assertThat(operator.get("/operator/prices").body()).contains("/operator/prices/bands/" + code);
        assertThat(operator.get("/operator/prices/bands/no-such-band").statusCode())
                .isEqualTo(404);
    }

    @Test
    void rowsAreAddedAndRemovedAndFaultsAreShownAtTheirFields() {
        var more = operator.postAll(
                "/operator/prices/bands", band("days0", "mon", "from", "18:00", "to", "20:00", "addRow", "true"));
        assertThat(more.body().split("name=\"from\"", -1)).hasSize(3); // two rows
        var refused = operator.postAll(
                "/operator/prices/bands", "code", "Evening!", "name", "Evening", "from", "six", "to", "20:00");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("id=\"fault-code\"")
                .contains("id=\"fault-rules[0].days\"")
                .contains("id=\"fault-rules[0].from\"")
                .contains("value=\"six\"")
                .doesNotContain("id=\"fault-rules[0].to\"");
    }

    @Test
    void publicHolidaysAreSuggestedAndSavedOnlyOnRequest() {
        int year = clock.instant().atZone(ZoneId.of("Europe/Berlin")).getYear();
        var suggested = operator.postAll(
                "/operator/prices/holidays",
                "days",
                year + "-12-24 Office closed",
                "region",
                "DE_SN",
                "year",
                Integer.toString(year),
                "suggest",
                "true");
        assertThat(suggested.statusCode()).isEqualTo(200);
        assertThat(suggested.body())
                .contains(year + "-12-24 Office closed\n" + year + "-12-25 Christmas Day")
                .contains(year + "-10-31 Reformation Day")
                .contains("Repentance Day");
        assertThat(tariffs.holidays()).noneMatch(holiday -> holiday.name().equals("Office closed"));

        var saved = operator.post("/operator/prices/holidays", Map.of("days", "2033-01-06 Epiphany\n\n2033-05-01\n"));
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(tariffs.holidays())
                .extracting(holiday -> holiday.day() + holiday.name())
                .containsExactly("2033-01-06Epiphany", "2033-05-01");
        var refused = operator.post("/operator/prices/holidays", Map.of("days", "2033-01-06\n6.1.2034 Epiphany"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("“6.1.2034 Epiphany”: Enter a day like 2026-12-25");
    }

    @Test
    void aGroupHasTheChosenChargers() {
        var box = "BOX-" + UUID.randomUUID();
        operator.post("/operator/chargers", Map.of("chargeBoxId", box));
        var saved =
                operator.post("/operator/prices/groups", Map.of("code", code, "name", "Garage", "chargeBoxId", box));
        assertThat(saved.statusCode()).isEqualTo(303);
        assertThat(tariffs.groups().of(box, Instant.EPOCH)).containsExactly(code);
        assertThat(operator.get("/operator/prices/groups/" + code).body()).contains("value=\"" + box + "\" checked");
    }

    @Test
    void uploadedPricesAreDrawnWithTheirGapsAndFaultsNameTheirLines() {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        var csv = "from;to;price\n" + hour + ";" + hour.plus(Duration.ofHours(1)) + ";-12,5\n"
                + hour.plus(Duration.ofHours(2)) + ";" + hour.plus(Duration.ofHours(3)) + ";80\n";
        var form = Map.of("code", code, "name", "Spot", "currency", "EUR", "unit", "mwh", "zone", "Europe/Berlin");
        var saved = operator.post("/operator/prices/series", with(form, csv));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
        var page = operator.get(saved.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(page).contains("-12.50 EUR/MWh").contains("none in the settings");
        assertThat(page.split("class=\"price-gap\"", -1)).hasSize(4); // before, in between, after
        assertThat(tariffs.series(code, hour, hour.plusSeconds(1), Optional.empty())
                        .at(hour)
                        .orElseThrow()
                        .perKwh())
                .isEqualByComparingTo("-0.0125"); // -12.5 ÷ 1000

        var refused = operator.post("/operator/prices/series", with(form, "from;to;price\n1;2;cheap\n"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("lines[2].from")
                .contains("lines[2].to")
                .contains("lines[2].price");
    }

    private static Map<String, String> with(Map<String, String> form, String csv) {
        var all = new HashMap<>(form);
        all.put("csv", csv);
        return all;
    }
}
