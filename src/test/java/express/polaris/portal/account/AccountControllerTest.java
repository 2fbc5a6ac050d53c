package express.polaris.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountService;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ApplicationTest
class AccountControllerTest {

    private static final Pattern TOKEN = Pattern.compile("value=\"(polaris_[A-Za-z0-9_-]{43})\"");
    private static final Pattern DEVICE = Pattern.compile("/account/devices/([A-Za-z0-9_-]{16})/sign-out\"");
    private static final Pattern REVOKE = Pattern.compile("action=\"(/account/tokens/\\d+/revoke)\"");
    private static final String NEW_PASSWORD = "a new password of mine";

    private final Portal portal;
    private final AccountService accounts;
    private final CardService cards;
    private final SessionService sessions;
    private final Charging charging;
    private final JdbcClient jdbc;
    private final Billing billing;

    record Billing(PlanService plans, SubscriptionService subscriptions) {}

    AccountControllerTest(
            Portal portal,
            AccountService accounts,
            CardService cards,
            SessionService sessions,
            Charging charging,
            JdbcClient jdbc,
            PlanService plans,
            SubscriptionService subscriptions) {
        this.portal = portal;
        this.accounts = accounts;
        this.cards = cards;
        this.sessions = sessions;
        this.charging = charging;
        this.jdbc = jdbc;
        this.billing = new Billing(plans, subscriptions);
    }

    @Test
    void nameLanguageAndTimeZoneAreChanged() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        assertThat(browser.post(
                                "/account/profile",
                                Map.of("name", "Änne", "locale", "de-AT", "timeZone", "Europe/Vienna"))
                        .statusCode())
                .isEqualTo(303);
        var page = browser.get("/account").body();
        assertThat(page).contains("<html lang=\"de\"", "Änne", "Abmelden");
        assertThat(accounts.find(driver.id()).orElseThrow().timeZone()).hasToString("Europe/Vienna");
    }

    @Test
    void everyErrorIsShownAtItsField() {
        var driver = portal.driver();
        var refused = portal.signedIn(driver)
                .post("/account/profile", Map.of("name", " ", "locale", "xx", "timeZone", "Mars/Base"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("id=\"fault-name\"", "id=\"fault-locale\"", "id=\"fault-timeZone\"");
        assertThat(accounts.find(driver.id()).orElseThrow().name()).isEqualTo(driver.name());
    }

    @Test
    void energyIsShownAsDistanceOnceAConsumptionIsSet() {
        var driver = portal.driver();
        long id = charging.completed(driver, charging.now().minus(Duration.ofHours(1)));
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/sessions/" + id).body()).doesNotContain("≈");

        browser.post("/account/units", Map.of("distanceUnit", "km", "consumption", "17,5"));

        assertThat(browser.get("/account?done=units").body())
                .contains("<option value=\"km\" selected>", "value=\"17.5\"", "Saved.");
        assertThat(browser.get("/sessions/" + id).body()).contains("≈ 34 km"); // 6 kWh at 17.5
        var own = JsonMapper.shared()
                .readTree(browser.get("/account/data.json").body())
                .path("account");
        assertThat(own.path("distanceUnit").asString()).isEqualTo("km");
        assertThat(own.path("consumption").asString()).isEqualTo("17.5");

        browser.post("/account/units", Map.of("distanceUnit", "mi", "consumption", "4"));
        assertThat(browser.get("/sessions/" + id).body()).contains("≈ 24 mi"); // 6 × 4
        browser.post("/account/profile", Map.of("name", "Ada", "locale", "en", "timeZone", "Europe/Berlin"));
        assertThat(browser.get("/sessions/" + id).body()).contains("≈ 24 mi");
        browser.post("/account/units", Map.of("distanceUnit", "", "consumption", "4"));
        assertThat(browser.get("/sessions/" + id).body()).doesNotContain("≈");
    }

    @Test
    void anImpossibleConsumptionIsRefusedAndStaysInItsField() {
        var browser = portal.signedIn(portal.driver());
        for (var wrong : List.of("", "0", "4.99", "200.01", "17.555", "1e3", "<b>")) {
            var refused = browser.post("/account/units", Map.of("distanceUnit", "km", "consumption", wrong));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(422);
            assertThat(refused.body()).as(wrong).contains("id=\"fault-consumption\"", "<option value=\"km\" selected>");
        }
        assertThat(browser.post("/account/units", Map.of("distanceUnit", "km", "consumption", "4.99"))
                        .body())
                .contains("value=\"4.99\"");
        assertThat(browser.post("/account/units", Map.of("distanceUnit", "yd", "consumption", "17"))
                        .body())
                .contains("id=\"fault-distanceUnit\"");
        for (var right : List.of("5", "200", "17.55")) {
            assertThat(browser.post("/account/units", Map.of("distanceUnit", "km", "consumption", right))
                            .statusCode())
                    .as(right)
                    .isEqualTo(303);
        }
    }

    @Test
    void aPasswordChangeEndsSignInsTokensAndStreams() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        var elsewhere = portal.signedIn(driver);
        var script = portal.withToken(driver);
        try (var stream = elsewhere.stream("/api/v1/stream", Map.of())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(browser.post(
                                    "/account/password",
                                    Map.of("currentPassword", Portal.PASSWORD, "password", NEW_PASSWORD))
                            .statusCode())
                    .isEqualTo(303);
            stream.awaitEnd();
        }
        assertThat(elsewhere.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
        // the browser that changed it stays signed in
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(portal.browser()
                        .post("/sign-in", Map.of("email", driver.email(), "password", NEW_PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void wrongCurrentPasswordsAreRateLimited() {
        var browser = portal.signedIn(portal.driver());
        var form = Map.of("currentPassword", "not the password", "password", NEW_PASSWORD);
        for (int i = 0; i < 5; i++) {
            var refused = browser.post("/account/password", form);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("This is not your current password.");
        }
        assertThat(browser.post("/account/password", form).statusCode()).isEqualTo(429);
    }

    @Test
    void aTokenIsShownOnceAndCanBeRevoked() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        var made = browser.post("/account/tokens", Map.of("name", "My script", "days", "7"));
        var found = TOKEN.matcher(made.body());
        assertThat(found.find()).isTrue();
        var token = found.group(1);
        var script = portal.browser().withHeader("Authorization", "Bearer " + token);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(200);
        var page = browser.get("/account").body();
        assertThat(page).contains("My script", "Last used").doesNotContain(token);
        var revoke = REVOKE.matcher(page);
        assertThat(revoke.find()).isTrue();
        assertThat(portal.signedIn(portal.driver())
                        .post(revoke.group(1), Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.post(revoke.group(1), Map.of()).statusCode()).isEqualTo(303);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(browser.post("/account/tokens", Map.of("name", "", "days", "91"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void anotherDeviceIsDescribedAndSignedOut() {
        var driver = portal.driver();
        var phone = portal.browser()
                .withHeader(
                        "User-Agent",
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");
        phone.post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD));
        var browser = portal.signedIn(driver);
        var page = browser.get("/account").body();
        assertThat(page).contains("Safari · iPhone", "This device");
        var device = DEVICE.matcher(page);
        assertThat(device.find()).isTrue();
        var path = "/account/devices/" + device.group(1) + "/sign-out";
        assertThat(portal.signedIn(portal.driver()).post(path, Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(phone.get("/api/v1/me").statusCode()).isEqualTo(200);
        browser.post(path, Map.of());
        assertThat(phone.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void allOtherDevicesAreSignedOutAtOnce() {
        var driver = portal.driver();
        var others = new express.polaris.testing.Browser[] {portal.signedIn(driver), portal.signedIn(driver)};
        var stranger = portal.signedIn(portal.driver());
        var browser = portal.signedIn(driver);
        browser.post("/account/devices/sign-out-others", Map.of());
        for (var other : others) {
            assertThat(other.get("/api/v1/me").statusCode()).isEqualTo(401);
        }
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(stranger.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void theDownloadHasOnlyTheDriversOwnData() {
        var driver = portal.driver();
        long own = charging.completed(driver, charging.now().minus(Duration.ofHours(1)));
        charging.completed(portal.driver(), charging.now().minus(Duration.ofHours(1)));
        var answer = portal.signedIn(driver).get("/account/data.json");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        var json = JsonMapper.shared().readTree(answer.body());
        assertThat(json.path("account").path("email").asString()).isEqualTo(driver.email());
        assertThat(json.path("sessions")).hasSize(1);
        assertThat(json.path("sessions").path(0).path("id").asLong()).isEqualTo(own);
        // 1000 Wh, 3000 Wh, 5000 Wh, 7000 Wh
        assertThat(json.path("sessions").path(0).path("readings")).hasSize(3);
        assertThat(json.path("cards").path(0).path("label").asString()).isEqualTo("Blue fob");
    }

    @Test
    void aDeletedAccountIsErasedAndItsSessionsStay() {
        var driver = portal.driver();
        long id = charging.completed(driver, charging.now().minus(Duration.ofHours(1)));
        var script = portal.withToken(driver);
        var elsewhere = portal.signedIn(driver);
        var browser = portal.signedIn(driver);
        ageSignIns(driver.id().value());
        var old = portal.browser().withCookie("polaris", String.valueOf(browser.cookie("polaris")));
        assertThat(old.post("/account/delete", Map.of("currentPassword", "not the password"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(browser.post("/account/delete", Map.of("currentPassword", Portal.PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        var after = accounts.find(driver.id()).orElseThrow();
        assertThat(after.email()).isEqualTo("deleted-" + driver.id() + "@deleted.invalid");
        assertThat(after.name()).isEqualTo("–");
        assertThat(after.isDisabled()).isTrue();
        assertThat(cards.ofDriver(driver.id())).allMatch(card -> card.until().isPresent());
        assertThat(cards.ofDriver(driver.id())).noneMatch(card -> card.label().equals("Blue fob"));
        assertThat(sessions.find(new SessionId(id), driver.id())).isPresent();
        assertThat(portal.browser()
                        .post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void thePlanEndsWithTheAccount() {
        var driver = portal.driver();
        var code = "plan-" + driver.id();
        billing.plans().save(TestPlan.standard(code, "0.39").fee(500).json());
        var from = charging.now().minus(Duration.ofHours(1)).toString();
        billing.subscriptions().subscribe(new NewSubscription(driver.id(), code, from, "calendar", "Europe/Berlin"));
        assertThat(billing.subscriptions().current(driver.id())).isPresent();
        portal.signedIn(driver).post("/account/delete", Map.of("currentPassword", Portal.PASSWORD));
        assertThat(billing.subscriptions().of(driver.id()))
                .singleElement()
                .satisfies(ended -> assertThat(ended.endedAt()).isPresent());
    }

    @Test
    void aDeletedAccountCannotBeEnabledAgain() {
        var driver = portal.driver();
        portal.signedIn(driver).post("/account/delete", Map.of("currentPassword", Portal.PASSWORD));
        var operator = portal.withToken(portal.operator());
        var enabled =
                operator.call("PATCH", "/api/v1/operator/drivers/" + driver.id().value(), "{\"disabled\":false}");
        assertThat(enabled.statusCode()).isEqualTo(409);
    }

    @Test
    void theLastOperatorCannotDeleteTheirAccount() {
        var operator = portal.operator();
        var others = jdbc.sql("""
            update accounts set disabled_at = now()
             where role = 'OPERATOR' and disabled_at is null and id <> :id returning id
            """)
                .param("id", operator.id().value())
                .query(Long.class)
                .list();
        try {
            assertThat(portal.signedIn(operator)
                            .post("/account/delete", Map.of("currentPassword", Portal.PASSWORD))
                            .statusCode())
                    .isEqualTo(409);
        } finally {
            jdbc.sql("update accounts set disabled_at = null where id = any(?)")
                    .param(others.toArray(Long[]::new))
                    .update();
        }
    }

    @Test
    void anOldSignInIsNotEnoughToDeleteTheAccount() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        ageSignIns(driver.id().value());
        assertThat(browser.post("/account/delete", Map.of()).statusCode()).isEqualTo(422);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(portal.signedIn(driver).post("/account/delete", Map.of()).statusCode())
                .isEqualTo(200);
    }

    /** Backdates every sign-in by an hour. */
    private void ageSignIns(long account) {
        jdbc.sql("update spring_session set creation_time = creation_time - 3600000 where principal_name = :name")
                .param("name", Long.toString(account))
                .update();
    }
}
