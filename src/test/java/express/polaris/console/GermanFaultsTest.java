package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Validation errors of the modules, as shown to an operator who reads German. */
@ApplicationTest
class GermanFaultsTest {

    private final Portal portal;
    private final BillingData billing;
    private final Charging charging;
    private final Browser browser;

    GermanFaultsTest(Portal portal, Charging charging, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
        this.charging = charging;
        this.billing = new BillingData(application);
        var operator = portal.operator();
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(operator.id().value())
                .update();
        this.browser = portal.signedIn(operator);
    }

    private static String words(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("lang=\"de\"").doesNotContain("ust be", ".why.");
        return answer.body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void errorsInAPlanAreInGerman() {
        var form =
                Map.of("code", "", "name", "Home", "interval", "daily", "currency", "EUR", "fee", "x", "model", "none");
        assertThat(words(browser.post("/operator/plans", form), 422))
                .contains(
                        "Muss ein Text von 1 bis 255 Zeichen sein",
                        "Muss weekly, monthly",
                        "Muss ein Betrag ab 0 sein");
        var tiers = words(
                browser.postAll(
                        "/operator/plans",
                        "code",
                        "x",
                        "name",
                        "Home",
                        "interval",
                        "monthly",
                        "currency",
                        "EUR",
                        "fee",
                        "0",
                        "vatRate",
                        "19",
                        "model",
                        "graduated",
                        "upTo",
                        "50",
                        "unitPrice",
                        "billig",
                        "flat",
                        "0",
                        "upTo",
                        "40",
                        "unitPrice",
                        "1",
                        "flat",
                        "0",
                        "upTo",
                        "",
                        "unitPrice",
                        "-1",
                        "flat",
                        "0"),
                422);
        assertThat(tiers)
                .contains(
                        "Muss eine Zahl wie „0.25“ sein, nicht \"billig\"",
                        "Muss über dem Anfang der Stufe liegen, nicht bei 40",
                        "Darf nicht negativ sein");
        assertThat(words(browser.post("/operator/plans", Map.of("json", "{")), 422))
                .contains("Das ist kein JSON-Objekt");
    }

    @Test
    void errorsInASubscriptionAreInGerman() {
        Account driver = portal.driver();
        billing.subscribe(driver, "2026-01-01T00:00:00Z");
        var path = "/operator/drivers/" + driver.id() + "/subscriptions";
        var form =
                Map.of("planCode", "none", "startedAt", "x", "billingTime", "sometimes", "timeZone", "Europe/Berlin");
        assertThat(words(browser.post(path, form), 422))
                .contains("Gib Datum und Uhrzeit ein", "Muss der Code eines vorhandenen Tarifs sein");
        var code = "plan-" + UUID.randomUUID();
        billing.subscribe(portal.driver(), "2026-01-01T00:00:00Z");
        browser.call("POST", "/api/v1/operator/plans", """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":0,"amount_currency":"EUR","charges":[]}\
            """.formatted(code));
        var overlap = Map.of(
                "planCode",
                code,
                "startedAt",
                "2026-05-01T00:00:00",
                "billingTime",
                "calendar",
                "timeZone",
                "Europe/Berlin");
        assertThat(words(browser.post(path, overlap), 409))
                .contains("Fahrer " + driver.name() + " hat seit", "ohne Ende", "2026, 01:00");
    }

    @Test
    void errorsInACreditAreInGerman() {
        var form = Map.of("driver", portal.driver().email(), "amount", "x", "reason", " ", "session", "1");
        assertThat(words(browser.post("/operator/credits", form), 422))
                .contains(
                        "Muss ein Betrag über 0",
                        "Muss ein Text von 1 bis 500",
                        "Muss ein Ladevorgang des Fahrers sein");
    }

    @Test
    void errorsInAChargerAreInGerman() {
        assertThat(words(browser.post("/operator/chargers", Map.of("chargeBoxId", " ")), 422))
                .contains("Gib die Kennung der Station in SteVe ein");
        var box = "BOX-" + UUID.randomUUID();
        browser.post("/operator/chargers", Map.of("chargeBoxId", box));
        assertThat(words(browser.post("/operator/chargers", Map.of("chargeBoxId", box)), 409))
                .contains("Die Station " + box + " ist schon bekannt");
        assertThat(words(
                        browser.post(
                                "/operator/chargers/" + box,
                                Map.of("name", " ", "connectorId", "0", "type", "", "maxKw", "x")),
                        422))
                .contains("Ein Name fehlt", "Anschlüsse haben die Nummern 1 bis", "Die Grenze muss eine Zahl in kW");
    }

    @Test
    void ofACard() {
        var ada = portal.driver();
        var card = charging.card(ada, "Werkstatt");
        var tag = card.idTag().value();
        var taken = Map.of("idTag", tag, "driver", portal.driver().email(), "label", "", "at", "");
        assertThat(words(browser.post("/operator/cards/link", taken), 409))
                .contains("Die Karte gehört " + ada.name() + " seit", "ohne Ende");
        var transfer = Map.of("driver", ada.email(), "at", "");
        assertThat(words(browser.post("/operator/cards/" + card.id().value() + "/transfer", transfer), 409))
                .contains("Die Karte gehört schon " + ada.name());
        assertThat(words(browser.get("/operator/cards/link?preview=true&idTag=&driver=nobody&from=x"), 422))
                .contains(
                        "Gib einen idTag mit 1 bis 255 Zeichen ein",
                        "Kein Fahrer hat diese Adresse",
                        "Gib Datum und Uhrzeit ein");
        assertThat(words(
                        browser.post(
                                "/operator/cards/import",
                                Map.of(
                                        "csv",
                                        "id_tag,email\n" + tag + ","
                                                + portal.driver().email())),
                        200))
                .contains("Die Karte gehört " + ada.name() + " seit");
        portal.signedIn(ada).post("/cards/" + card.id().value() + "/lost", Map.of());
        assertThat(words(browser.post("/operator/cards/" + card.id().value() + "/unblock", Map.of()), 409))
                .contains("Diese Karte wurde am", "als verloren gemeldet");
    }

    @Test
    void ofAnAccount() {
        var driver = portal.driver();
        var wrong = Map.of("email", "x", "name", "", "password", "short", "locale", "xx", "timeZone", "Mars/Base");
        assertThat(words(browser.post("/operator/drivers/new", wrong), 422))
                .contains(
                        "Gib eine E-Mail-Adresse mit höchstens 254",
                        "Gib einen Namen mit 1 bis 200",
                        "Wähle ein Passwort mit mindestens 10",
                        "Wähle eine Sprache",
                        "Wähle eine Zeitzone");
        var taken = Map.of(
                "email",
                driver.email(),
                "name",
                "Ada",
                "password",
                Portal.PASSWORD,
                "locale",
                "de",
                "timeZone",
                "Europe/Berlin");
        assertThat(words(browser.post("/operator/drivers/new", taken), 409))
                .contains("Es gibt schon ein Konto mit dieser Adresse");
        browser.post("/operator/drivers/" + driver.id() + "/disable", Map.of());
        assertThat(words(browser.post("/operator/drivers/" + driver.id() + "/reset", Map.of()), 409))
                .contains("Dieses Konto ist gesperrt");
    }

    @Test
    void ofOnesOwnAccount() {
        assertThat(words(browser.post("/account/profile", Map.of("name", " ", "locale", "xx", "timeZone", "x")), 422))
                .contains("Gib einen Namen mit 1 bis 200", "Wähle eine Sprache", "Wähle eine Zeitzone");
        assertThat(words(browser.post("/account/units", Map.of("distanceUnit", "km", "consumption", "1")), 422))
                .contains("Gib 5 bis 200 kWh je 100 km ein");
        assertThat(words(browser.post("/account/password", Map.of("currentPassword", "x", "password", "y")), 422))
                .contains("Das ist nicht dein aktuelles Passwort", "Wähle ein Passwort mit mindestens 10");
        assertThat(words(browser.post("/account/tokens", Map.of("name", "", "days", "5")), 422))
                .contains("Gib einen Namen mit 1 bis 200");
    }

    @Test
    void ofASession() {
        long id = charging.live(portal.driver());
        var transaction = "/operator/transactions/" + id;
        assertThat(words(browser.post(transaction + "/force-close", Map.of()), 422))
                .contains("Gib einen Grund mit 1 bis 500 Zeichen ein");
        assertThat(words(browser.post(transaction + "/owner", Map.of("driver", "nobody")), 422))
                .contains("Diesen Fahrer gibt es nicht", "Gib einen Grund");
        assertThat(words(browser.post("/operator/sync/pause", Map.of()), 422)).contains("Gib einen Grund");
        long ended = charging.completed(portal.driver(), charging.now().minus(Duration.ofHours(3)));
        assertThat(words(
                        browser.post(
                                "/operator/transactions/" + ended + "/energy",
                                Map.of("use", "value", "energyKwh", "viel", "reason", "")),
                        422))
                .contains("Gib die kWh als Zahl", "Gib einen Grund");
    }
}
