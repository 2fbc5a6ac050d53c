package express.polaris.console.stations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import express.polaris.accounts.AuditLog;
import express.polaris.sessions.statistics.ChargingStatistics;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerEdit.ConnectorEdit;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MailServer;
import express.polaris.testing.Portal;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@ApplicationTest
class ConsoleChargerControllerTest {

    private static final Pattern MODULE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");
    private static final Pattern BOX = Pattern.compile("viewBox=\"-4 -4 (\\d+) ");

    private final Portal portal;
    private final Charging charging;
    private final ChargerService chargers;
    private final ChargingStatistics statistics;
    private final AuditLog audit;

    ConsoleChargerControllerTest(
            Portal portal, Charging charging, ChargerService chargers, ChargingStatistics statistics, AuditLog audit) {
        this.portal = portal;
        this.charging = charging;
        this.chargers = chargers;
        this.statistics = statistics;
        this.audit = audit;
    }

    private Browser operator() {
        return portal.signedIn(portal.operator());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private Charger stored(String box) {
        return chargers.find(new ChargeBoxId(box)).orElseThrow();
    }

    /** Adds a described charger with two connectors. */
    private String described(String name, String publicId) {
        var box = charging.chargeBox();
        chargers.put(
                new ChargeBoxId(box),
                new ChargerEdit(
                        name,
                        Optional.of(publicId),
                        "Yard",
                        List.of(
                                new ConnectorEdit(1, Optional.of("type2"), Optional.of(new BigDecimal("22"))),
                                new ConnectorEdit(2, Optional.of("ccs2"), Optional.empty()))));
        return box;
    }

    @Test
    void aChargerIsAddedManuallyAndDescribed() {
        var operator = operator();
        var box = charging.chargeBox();
        var page =
                location(operator.post("/operator/chargers", Map.of("chargeBoxId", box, "name", "", "location", "")));
        assertThat(page).isEqualTo("/operator/chargers/" + box + "?done=added");
        assertThat(operator.get(page).body()).contains("Charger added").contains(box);
        assertThat(stored(box).connectors()).hasSize(1);

        var saved = location(operator.postAll(
                "/operator/chargers/" + box,
                "name",
                "Garage <left>",
                "publicId",
                "G" + box,
                "location",
                "Level 2",
                "connectorId",
                "1",
                "type",
                "type2",
                "maxKw",
                "22",
                "connectorId",
                "2",
                "type",
                "ccs2",
                "maxKw",
                "50,5"));
        assertThat(operator.get(saved).body()).contains("Charger saved").contains("Garage &lt;left&gt;");
        assertThat(stored(box).name()).isEqualTo("Garage <left>");
        assertThat(stored(box).connector(2).orElseThrow().max().orElseThrow().kilowatts())
                .isEqualByComparingTo("50.5");
        assertThat(audit.page(Optional.empty(), 2))
                .extracting(AuditLog.Entry::action)
                .containsExactly("charger.change", "charger.add");
    }

    @Test
    void aKnownChargerIsNotAddedAgain() {
        var box = described("Old name", "P" + charging.chargeBox());
        var answer = operator().post("/operator/chargers", Map.of("chargeBoxId", box.toLowerCase(), "name", "New"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(box + " already exists");
        assertThat(stored(box).name()).isEqualTo("Old name");
    }

    @Test
    void allErrorsAreShownAtOnceAndTheInputIsKept() {
        var box = described("Garage", "P" + charging.chargeBox());
        var answer = operator()
                .postAll(
                        "/operator/chargers/" + box,
                        "name",
                        " ",
                        "publicId",
                        "x".repeat(51),
                        "location",
                        "Somewhere",
                        "connectorId",
                        "1",
                        "type",
                        "type2",
                        "maxKw",
                        "fast",
                        "connectorId",
                        "1",
                        "type",
                        "",
                        "maxKw",
                        "");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("A name is missing.")
                .contains("Use at most 50 characters")
                .contains("The limit must be a number of kW above 0")
                .contains("Connector 1 is listed twice.")
                .contains("value=\"fast\"")
                .contains("value=\"Somewhere\"");
        assertThat(stored(box).name()).isEqualTo("Garage");
    }

    @Test
    void aPublicIdIsUnique() {
        var publicId = "P" + charging.chargeBox();
        var first = described("First", publicId);
        var second = described("Second", "Q" + publicId);
        var answer = operator()
                .postAll("/operator/chargers/" + second, "name", "Second", "publicId", publicId, "location", "");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("belongs to charge box " + first);
    }

    @Test
    void connectorRowsAreAddedAndRemovedBeforeSaving() {
        var box = described("Garage", "P" + charging.chargeBox());
        var operator = operator();
        var more = operator.postAll(
                "/operator/chargers/" + box,
                "name",
                "Typed",
                "connectorId",
                "1",
                "type",
                "type2",
                "maxKw",
                "11",
                "addRow",
                "true");
        assertThat(more.statusCode()).isEqualTo(200);
        assertThat(more.body()).contains("value=\"Typed\"").contains("name=\"connectorId\" value=\"2\"");
        var less = operator.postAll(
                "/operator/chargers/" + box,
                "name",
                "Typed",
                "connectorId",
                "1",
                "type",
                "type2",
                "maxKw",
                "11",
                "removeRow",
                "0");
        assertThat(less.body()).doesNotContain("name=\"connectorId\"");
        assertThat(stored(box).name()).isEqualTo("Garage");
        assertThat(stored(box).connectors()).hasSize(2);
    }

    /** Fails if the code on a label does not open the connector it is attached to. */
    @Test
    void theCodeOnALabelOpensTheDriversPageWithItsConnectorSelected() throws Exception {
        var publicId = "K" + charging.chargeBox();
        var box = described("Garage & <co>", publicId);
        var operator = operator();
        var label = operator.get("/operator/chargers/" + box + "/label.svg?connector=2");
        assertThat(label.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(label.body())
                .contains("Garage &amp; &lt;co&gt;")
                .contains(publicId + " · Connector 2")
                .contains("CCS 2");
        assertThat(code(label.body())).isEqualTo(MailServer.PUBLIC_URL + "/chargers/" + publicId + "?connector=2");
        assertThat(operator.get("/operator/chargers/" + box).body())
                .contains("label.svg?connector=1")
                .contains("label.svg?connector=2");
        assertThat(operator.get("/operator/labels").body()).contains(box + "/label.svg?connector=2");
        assertThat(operator.get("/operator/chargers/" + box + "/label.svg?connector=3")
                        .statusCode())
                .isEqualTo(404);

        var driver = portal.driver();
        charging.card(driver, "Blue fob");
        var page = portal.signedIn(driver).get("/chargers/" + publicId + "?connector=2");
        assertThat(page.body()).containsPattern("name=\"connectorId\" value=\"2\" checked");
        assertThat(page.body()).doesNotContainPattern("name=\"connectorId\" value=\"1\" checked");
    }

    private static String code(String svg) throws Exception {
        var box = BOX.matcher(svg);
        assertThat(box.find()).isTrue();
        var matrix = new BitMatrix(Integer.parseInt(box.group(1)) - 8);
        MODULE.matcher(svg)
                .results()
                .forEach(module -> matrix.set(Integer.parseInt(module.group(1)), Integer.parseInt(module.group(2))));
        return new Decoder().decode(matrix).getText();
    }

    @Test
    void theListShowsTheLastThirtyDaysOfEachCharger() {
        var card = charging.card(portal.driver(), "Blue fob");
        var box = charging.chargeBox();
        charging.completed(box, card, charging.now().minus(Duration.ofHours(5)));
        var last = charging.now().minus(Duration.ofHours(3));
        charging.completed(box, card, last);
        var list = operator().get("/operator/chargers?q=" + box);
        assertThat(list.body()).contains(box).contains("12.00"); // 2 × 6 kWh
        assertThat(operator().get("/operator/chargers?q=no-such-box").body()).contains("No charger found");
        assertThat(operator().get("/operator/chargers/no-such-box").statusCode())
                .isEqualTo(404);
        assertThat(statistics.activity(
                        List.of(new ChargeBoxId(box)), charging.now().minus(Duration.ofHours(4))))
                .hasEntrySatisfying(new ChargeBoxId(box), activity -> {
                    assertThat(activity.sessions()).isEqualTo(1);
                    assertThat(activity.lastStartedAt()).contains(last);
                });
    }

    /**
     * A session of one hour, from the middle of one hour to the middle of the next, with energy in its first 20
     * minutes.
     */
    @Test
    void utilisationShowsPluggedInAndChargingTimeByHour() {
        var card = charging.card(portal.driver(), "Blue fob");
        var box = charging.chargeBox();
        var start = charging.now().minus(Duration.ofHours(3));
        long id = charging.begin(box, card, start);
        charging.end(id, start.plus(Duration.ofHours(1)), 5000);
        charging.until(id, session -> !session.isLive() && session.isFinal());

        var hours = statistics.hours(new ChargeBoxId(box), start.minus(Duration.ofMinutes(30)), charging.now());
        assertThat(hours)
                .containsExactly(
                        new ChargingStatistics.Hour(
                                start.minus(Duration.ofMinutes(30)), Duration.ofMinutes(30), Duration.ofMinutes(20)),
                        new ChargingStatistics.Hour(
                                start.plus(Duration.ofMinutes(30)), Duration.ofMinutes(30), Duration.ZERO));
        assertThat(operator().get("/operator/chargers/" + box).body()).contains("Share of each hour of the day");
    }
}
