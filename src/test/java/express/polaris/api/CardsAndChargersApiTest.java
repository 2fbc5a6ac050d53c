package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The driver's API for cards and chargers. */
@ApplicationTest
class CardsAndChargersApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final CardLinkService links;
    private final PlanService plans;
    private final SubscriptionService subscriptions;

    CardsAndChargersApiTest(
            Portal portal,
            Charging charging,
            SimulatedSteve steve,
            CardLinkService links,
            PlanService plans,
            SubscriptionService subscriptions) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.links = links;
    }

    @Test
    void cardsAreListedWithMaskedTags() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var item = json(portal.withToken(driver).get("/api/v1/cards"))
                .path("items")
                .path(0);
        assertThat(item.propertyNames())
                .containsExactly("id", "idTagMasked", "label", "colour", "from", "until", "state");
        assertThat(item.path("id").asLong()).isEqualTo(card.id().value());
        assertThat(item.path("idTagMasked").asString()).isEqualTo(card.idTag().masked());
        assertThat(item.path("label").asString()).isEqualTo("Blue fob");
        assertThat(item.path("until").isNull()).isTrue();
        assertThat(item.path("state").asString()).isEqualTo("active");
    }

    @Test
    void cardsAreListedInPages() {
        var driver = portal.driver();
        charging.card(driver, "A");
        charging.card(driver, "B");
        charging.card(driver, "C");
        var script = portal.withToken(driver);
        var first = json(script.get("/api/v1/cards?limit=2"));
        assertThat(first.path("items").size()).isEqualTo(2);
        var rest = json(script.get(
                "/api/v1/cards?limit=2&cursor=" + first.path("nextCursor").asString()));
        assertThat(rest.path("items").size()).isEqualTo(1);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(script.get("/api/v1/cards?cursor=***").statusCode()).isEqualTo(400);
    }

    @Test
    void onlyTheOwnerRenamesACardAndReportsItLost() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var path = "/api/v1/cards/" + card.id().value();
        var script = portal.withToken(driver);
        var renamed = script.call("PATCH", path, "{\"label\":\"Red fob\",\"colour\":\"red\"}");
        assertThat(renamed.statusCode()).isEqualTo(200);
        assertThat(json(renamed).path("label").asString()).isEqualTo("Red fob");
        assertThat(script.call("PATCH", path, "{\"label\":\" \"}").statusCode()).isEqualTo(422);
        assertThat(script.call("PATCH", path, "{\"name\":\"x\"}").statusCode()).isEqualTo(422);
        var stranger = portal.withToken(portal.driver());
        assertThat(stranger.call("PATCH", path, "{\"label\":\"Mine\"}").body())
                .isEqualTo(stranger.call("PATCH", "/api/v1/cards/abc", "{\"label\":\"Mine\"}")
                        .body())
                .contains("404");
        assertThat(stranger.call("POST", path + "/report-lost", "").statusCode())
                .isEqualTo(404);
        var lost = script.call("POST", path + "/report-lost", "");
        assertThat(lost.statusCode()).isEqualTo(200);
        assertThat(json(lost).path("state").asString()).isEqualTo("lost");
    }

    @Test
    void aChargerIsListedAsChargingOrUnknownButNeverAsFree() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var busy = charging.chargeBox();
        var quiet = charging.chargeBox();
        charging.live(busy, card);
        charging.completed(quiet, card, charging.now().minus(Duration.ofDays(1)));
        var script = portal.withToken(portal.driver());
        assertThat(charger(script.get("/api/v1/chargers?limit=200"), busy).toString())
                .isEqualTo(("{\"chargeBoxId\":\"%s\",\"name\":\"%s\",\"publicId\":null,\"location\":\"\","
                                + "\"state\":\"charging\",\"connectors\":[{\"id\":1,\"type\":null,\"maxKw\":null,"
                                + "\"state\":\"charging\"}],\"pricePerKwh\":null}")
                        .formatted(busy, busy));
        var other = charger(script.get("/api/v1/chargers?limit=200"), quiet);
        assertThat(other.path("state").asString()).isEqualTo("no_charge_known");
        assertThat(other.path("connectors").path(0).path("state").asString()).isEqualTo("no_charge_known");
    }

    @Test
    void thePriceAtAChargerIsUnknownWithoutAPlanAndNotFoundAtAnUnknownCharger() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        charging.completed(box, card, charging.now().minus(Duration.ofDays(1)));
        var script = portal.withToken(driver);
        assertThat(script.get("/api/v1/chargers/" + box + "/price").body())
                .isEqualTo("{\"currency\":null,\"pricePerKwh\":null,\"now\":null,\"hours\":[],\"fees\":[]}");
        assertThat(script.get("/api/v1/chargers/nowhere/price").statusCode()).isEqualTo(404);
    }

    @Test
    void thePriceAtAChargerListsTheNextHoursAndTheFees() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        charging.completed(box, card, charging.now().minus(Duration.ofDays(1)));
        plans.save(Map.of(
                "code", "ahead",
                "name", "Ahead",
                "interval", "monthly",
                "amount_cents", 0,
                "amount_currency", "EUR",
                "charges",
                        List.of(
                                Map.of(
                                        "billable_metric_code", "energy_kwh",
                                        "charge_model", "standard",
                                        "properties", Map.of("amount", "0.4")),
                                Map.of(
                                        "billable_metric_code", "idle_minutes",
                                        "charge_model", "standard",
                                        "properties",
                                                Map.of(
                                                        "amount",
                                                        "0.05",
                                                        "grace_minutes",
                                                        15,
                                                        "cap_minutes",
                                                        "90.5")))));
        subscriptions.subscribe(new NewSubscription(
                driver.id(),
                "ahead",
                charging.now().minus(Duration.ofDays(40)).toString(),
                "calendar",
                "Europe/Berlin"));
        var price = json(portal.withToken(driver).get("/api/v1/chargers/" + box + "/price"));
        assertThat(price.path("currency").asString()).isEqualTo("EUR");
        assertThat(price.path("pricePerKwh").asString()).isEqualTo("0.40");
        assertThat(price.path("now").path("pricePerKwh").asString()).isEqualTo("0.40");
        assertThat(price.path("hours").size()).isEqualTo(1);
        assertThat(price.path("fees").path(0).toString())
                .isEqualTo("{\"metric\":\"idle_minutes\",\"unitPrice\":\"0.05\",\"graceMinutes\":\"15\","
                        + "\"capMinutes\":\"90.5\",\"name\":null}");
    }

    @Test
    void packagesHaveAPriceAndASizeNowAndAhead() {
        var driver = portal.driver();
        var box = charging.chargeBox();
        charging.completed(
                box, charging.card(driver, "Blue fob"), charging.now().minus(Duration.ofDays(1)));
        plans.save(TestPlan.packages("by-ten", "5", 10).json());
        subscriptions.subscribe(new NewSubscription(
                driver.id(),
                "by-ten",
                charging.now().minus(Duration.ofDays(40)).toString(),
                "calendar",
                "Europe/Berlin"));
        var price = json(portal.withToken(driver).get("/api/v1/chargers/" + box + "/price"));
        for (var span : List.of(price.path("now"), price.path("hours").path(0))) {
            assertThat(span.path("pricePerKwh").isNull()).isTrue();
            assertThat(span.path("packages").toString()).isEqualTo("[{\"price\":\"5.00\",\"size\":\"10\"}]");
            assertThat(span.has("besidePackages")).isFalse();
        }
    }

    @Test
    void aStartReturnsTheChargersAnswer() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        charging.completed(box, card, charging.now().minus(Duration.ofDays(1)));
        var script = portal.withToken(driver);
        var path = "/api/v1/chargers/" + box + "/start";
        var wish = "{\"cardId\":" + card.id().value() + ",\"connectorId\":%d}";
        assertThat(outcome(script.call("POST", path, wish.formatted(1)))).isEqualTo("202 accepted");
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.OFFLINE);
        assertThat(outcome(script.call("POST", path, wish.formatted(1))))
                .as("within a minute the first outcome")
                .isEqualTo("202 accepted");
        assertThat(outcome(script.call("POST", path, wish.formatted(2)))).isEqualTo("202 unreachable");
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.SILENT);
        assertThat(outcome(script.call("POST", path, wish.formatted(3)))).isEqualTo("202 timeout");
        steve.databaseDown(true);
        try {
            assertThat(script.call("POST", path, wish.formatted(4)).statusCode())
                    .isEqualTo(503);
        } finally {
            steve.databaseDown(false);
        }
        assertThat(script.call("POST", path, "{}").statusCode()).isEqualTo(422);
        assertThat(script.call("POST", path, wish.formatted(0)).statusCode()).isEqualTo(422);
        assertThat(script.call("POST", "/api/v1/chargers/nowhere/start", wish.formatted(1))
                        .statusCode())
                .isEqualTo(404);
        var stranger = portal.withToken(portal.driver());
        assertThat(stranger.call("POST", path, wish.formatted(1)).statusCode()).isEqualTo(404);
        script.call("POST", "/api/v1/cards/" + card.id().value() + "/report-lost", "");
        assertThat(script.call("POST", path, wish.formatted(5)).statusCode()).isEqualTo(422);
    }

    @Test
    void stoppingRequiresTheLinkedCardAndReportsAnOfflineCharger() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        long id = charging.live(box, card);
        var script = portal.withToken(driver);
        var path = "/api/v1/sessions/" + id + "/stop";
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.OFFLINE);
        assertThat(outcome(script.call("POST", path, ""))).isEqualTo("202 unreachable");
        assertThat(portal.signedIn(driver).withoutCsrf().call("POST", path, "").statusCode())
                .isEqualTo(403);
        links.unlink(card.id(), Optional.empty());
        assertThat(script.call("POST", path, "").statusCode()).isEqualTo(404);
        assertThat(script.get("/api/v1/sessions/" + id).statusCode())
                .as("it stays theirs")
                .isEqualTo(200);
    }

    private static String outcome(HttpResponse<String> response) {
        return response.statusCode() + " " + json(response).path("outcome").asString("");
    }

    private static JsonNode charger(HttpResponse<String> response, String box) {
        return json(response)
                .path("items")
                .valueStream()
                .filter(item -> item.path("chargeBoxId").asString().equals(box))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
