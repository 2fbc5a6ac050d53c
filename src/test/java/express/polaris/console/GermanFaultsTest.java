package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What modules refuse, as an operator reads it who reads German. */
@ApplicationTest
class GermanFaultsTest {

    private final Portal portal;
    private final BillingData billing;
    private final Browser browser;

    GermanFaultsTest(Portal portal, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
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
    void ofAPlan() {
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
    void ofASubscription() {
        Account driver = portal.driver();
        billing.subscribe(driver, "2026-01-01T00:00:00Z");
        var path = "/operator/drivers/" + driver.id() + "/subscriptions";
        var form =
                Map.of("planCode", "none", "startedAt", "x", "billingTime", "sometimes", "timeZone", "Europe/Berlin");
        assertThat(words(browser.post(path, form), 422))
                .contains("Gib ein Datum mit Uhrzeit an", "Muss das Kürzel eines Tarifs sein");
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
                .contains("Fahrer " + driver.id() + " hat seit", "ohne Ende", "2026, 01:00");
    }

    @Test
    void ofACredit() {
        var form = Map.of("driver", portal.driver().email(), "amount", "x", "reason", " ", "session", "1");
        assertThat(words(browser.post("/operator/credits", form), 422))
                .contains(
                        "Muss ein Betrag über 0",
                        "Muss ein Text von 1 bis 500",
                        "Muss ein Ladevorgang des Fahrers sein");
    }

    @Test
    void ofACharger() {
        assertThat(words(browser.post("/operator/chargers", Map.of("chargeBoxId", " ")), 422))
                .contains("Gib die Kennung an");
        var box = "BOX-" + UUID.randomUUID();
        browser.post("/operator/chargers", Map.of("chargeBoxId", box));
        assertThat(words(browser.post("/operator/chargers", Map.of("chargeBoxId", box)), 409))
                .contains("Die Station " + box + " ist schon bekannt");
        assertThat(words(
                        browser.post(
                                "/operator/chargers/" + box,
                                Map.of("name", " ", "connectorId", "0", "type", "", "maxKw", "x")),
                        422))
                .contains("Ein Name fehlt", "Anschlüsse zählen von 1 bis", "Die Grenze ist eine Zahl in kW");
    }
}
