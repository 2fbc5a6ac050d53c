package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** Drivers' groups in the console and the operator API, and what drivers see of them. */
@ApplicationTest
class GroupControllerTest {

    private final Portal portal;
    private final MutableClock clock;
    private final BillingData data;
    private final DriverGroups groups;
    private final SubscriptionService subscriptions;
    private final String code = "g-" + UUID.randomUUID();
    private Account driver;
    private Browser operator;

    GroupControllerTest(Portal portal, MutableClock clock, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.data = new BillingData(context);
        this.groups = context.getBean(DriverGroups.class);
        this.subscriptions = context.getBean(SubscriptionService.class);
        this.driver = portal.driver();
        this.operator = portal.browser();
    }

    @BeforeEach
    void people() {
        clock.set(Instant.parse("2026-05-20T10:00:00Z"));
        driver = portal.driver();
        operator = portal.signedIn(portal.operator());
    }

    private HttpResponse<String> call(String method, String path, String json) {
        return operator.call(method, "/api/v1/operator/driver-groups/" + code + path, json);
    }

    private void group(String plan) {
        var json = "{\"name\":\"Yard crew\",\"discountPercent\":\"12.5\",\"planCode\":\"" + plan + "\"}";
        assertThat(call("PUT", "", json).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> member(Account account) {
        return call("POST", "/members", "{\"driverId\":" + account.id() + ",\"from\":\"2026-01-01T00:00:00Z\"}");
    }

    @Test
    void aGroupIsCreatedChangedAndFilledInTheConsole() {
        var created = operator.post(
                "/operator/driver-groups", Map.of("code", code, "name", "Yard crew", "discountPercent", "7,25"));
        assertThat(created.headers().firstValue("Location"))
                .hasValue("/operator/driver-groups/" + code + "?done=created");
        var path = "/operator/driver-groups/" + code;
        assertThat(operator.get(path).body()).contains("Yard crew", "7.25 % discount", "No members yet");
        operator.post(path + "/members", Map.of("driver", driver.email(), "from", "2026-05-01T00:00:00"));
        assertThat(operator.get(path).body()).contains(driver.name(), "/operator/drivers/" + driver.id());
        assertThat(operator.get("/operator/driver-groups").body()).contains("Yard crew", path);
        assertThat(groups.discountOf(driver.id()).orElseThrow().percent()).isEqualByComparingTo("7.25");

        var refused = operator.post(path, Map.of("name", "", "discountPercent", "12,345", "planCode", "nope"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "Must be a text of 1 to 100 characters.",
                        "with at most two decimals",
                        "Choose an existing plan, or none.");
    }

    @Test
    void aDriverIsInOneGroupAtATime() {
        group("");
        assertThat(member(driver).statusCode()).isEqualTo(201);
        var again = member(driver);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("is in group " + code + " from 2026-01-01T00:00:00Z");
        var id = groups.members(code, java.util.Optional.empty(), 1).getFirst().id();
        assertThat(call("POST", "/members/" + id + "/end", "{\"at\":\"2026-03-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(groups.groupOf(driver.id(), Instant.parse("2026-03-01T00:00:00Z")))
                .isEmpty();
        assertThat(groups.groupOf(driver.id(), Instant.parse("2026-02-28T23:59:59Z")))
                .isPresent();
        // 2026-03-01 to no end is free again
        assertThat(call("POST", "/members", "{\"driverId\":" + driver.id() + ",\"from\":\"2026-03-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    /** Fails if one driver's conflict leaves the others with the plan. */
    @Test
    void allMembersGetThePlanOrNobodyDoes() {
        var other = portal.driver();
        data.subscribe(driver, "2026-01-01T00:00:00Z");
        data.subscribe(other, "2026-07-01T00:00:00Z");
        var plan = subscriptions.of(driver.id()).getFirst().plan().code();
        group(plan);
        member(driver);
        member(other);
        var before = subscriptions.of(driver.id());
        data.subscribe(portal.driver(), "2026-01-01T00:00:00Z");
        var json =
                "{\"startedAt\":\"2026-06-01T00:00:00Z\",\"billingTime\":\"calendar\",\"timeZone\":\"Europe/Berlin\"}";
        var refused = call("POST", "/plan", json);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("drivers[" + other.id() + "]", "from 2026-07-01T00:00:00Z");
        assertThat(subscriptions.of(driver.id())).isEqualTo(before);

        var page = operator.post(
                "/operator/driver-groups/" + code + "/plan",
                Map.of("startedAt", "2026-06-01T00:00:00", "billingTime", "calendar"));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains(other.name() + ": Driver");

        var later = call("POST", "/plan", json.replace("2026-06-01", "2026-08-01"));
        assertThat(later.body()).contains("\"changed\":1", "\"unchanged\":1");
        assertThat(subscriptions.of(other.id()))
                .extracting(it -> it.plan().code())
                .contains(plan);
    }

    /** Fails if a driver does not see the discount, or sees it taken off an amount that it is not in. */
    @Test
    void driversSeeTheDiscountOfTheirGroup() {
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        long session = data.charged(driver.id(), new Reading("2026-05-19T10:00:00Z", "10"));
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/sessions/" + session).body()).doesNotContain("As a member of");
        group("");
        member(driver);
        assertThat(browser.get("/sessions/" + session).body())
                .contains("As a member of Yard crew you get 12.5 % off.", "€3.00");
        // 9.90 + 3.00 − 0.38
        assertThat(browser.get("/").body()).contains("As a member of Yard crew you get 12.5 % off energy", "€12.52");
    }

    @Test
    void aDriverFindsNoGroups() {
        var stranger = portal.signedIn(driver);
        assertThat(stranger.get("/operator/driver-groups").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/operator/driver-groups").statusCode()).isEqualTo(404);
        assertThat(operator.get("/api/v1/operator/driver-groups/nothing").statusCode())
                .isEqualTo(404);
    }
}
