package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An operator views a driver's portal read-only. Walks the routes listed by the application. Fails if the operator can
 * change something or sees what belongs to the driver alone.
 */
@ApplicationTest
class ViewAsTest {

    /** Routes readable during a view; a new page is not found until it is added to the guard and here. */
    private static final Set<String> SEEN = Set.of(
            "/",
            "/sessions",
            "/sessions/{id}",
            "/cards",
            "/chargers",
            "/chargers/{id}",
            "/invoices",
            "/invoices/{number}",
            "/notifications",
            "/starts/{id}",
            "/starts/{id}/state",
            "/charging",
            "/offline",
            "/api/v1/stream",
            "/api/v1/sessions/{id}",
            "/api/v1/sessions/{id}/timeline",
            "/api/v1/sessions/{id}/stream");

    private static final Set<String> MAY_BE_SENT = Set.of("/view-as/end", "/sign-out");

    private final Portal portal;
    private final Charging charging;
    private final AccountService accounts;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final RequestMappingHandlerMapping mappings;
    private Account operator;
    private Account driver;
    private Browser browser;

    ViewAsTest(
            Portal portal,
            Charging charging,
            AccountService accounts,
            JdbcClient jdbc,
            MutableClock clock,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.charging = charging;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.mappings = mappings;
        this.operator = portal.operator();
        this.driver = portal.driver();
        this.browser = portal.browser();
    }

    private record Route(String method, String path) {

        String address() {
            return path.replaceAll("\\{[^}]+}", "1");
        }
    }

    @BeforeEach
    void anOperatorLooks() {
        operator = portal.operator();
        driver = portal.driver();
        browser = portal.signedIn(operator);
        var begun = browser.post("/operator/drivers/" + driver.id() + "/view-as", Map.of());
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(begun.headers().firstValue("Location")).hasValue("/");
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(new Route(method.name(), path)))));
        assertThat(routes)
                .contains(
                        new Route("POST", "/cards/{id}/lost"),
                        new Route("POST", "/api/v1/sessions/{id}/stop"),
                        new Route("POST", "/operator/drivers/{id}/disable"),
                        new Route("GET", "/account/data.json"));
        return routes;
    }

    private HttpResponse<String> ask(Route route) {
        if (route.path().startsWith("/api/")) {
            return route.method().equals("GET")
                    ? browser.beginning(route.address())
                    : browser.call(route.method(), route.address(), "{}");
        }
        return route.method().equals("GET") ? browser.get(route.address()) : browser.post(route.address(), Map.of());
    }

    private List<String> audited() {
        return jdbc.sql("select action || ' ' || subject || ' ' || coalesce(details->>'how', '') from audit_log"
                        + " where actor = ? and action like 'view-as%' order by id")
                .param(operator.id().value())
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    @Test
    void theViewShowsTheDriversPortalAndNamesTheOperator() {
        long session = charging.completed(driver, charging.now().minus(Duration.ofHours(3)));
        var page = browser.get("/sessions/" + session);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Viewing " + driver.name() + "’s portal (read-only)")
                .contains("action=\"/view-as/end\"");
        for (var path : List.of("/", "/sessions", "/cards", "/chargers", "/invoices", "/notifications")) {
            var seen = browser.get(path);
            assertThat(seen.statusCode()).as(path).isEqualTo(200);
            assertThat(seen.body()).as(path).contains("action=\"/view-as/end\"").doesNotContain("href=\"/operator");
        }
        assertThat(browser.send("HEAD", "/sessions", Map.of("Accept", "text/html"), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.stream("/api/v1/sessions/" + session + "/stream", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(portal.signedIn(driver).get("/").body()).doesNotContain("view-as");
    }

    @Test
    void nothingCanBeChangedDuringAView() {
        for (var route : routes()) {
            if (!route.method().equals("GET") && !MAY_BE_SENT.contains(route.path())) {
                assertThat(ask(route).statusCode()).as(route.toString()).isEqualTo(423);
            }
        }
        for (var method : List.of("OPTIONS", "PUT", "DELETE", "PATCH")) {
            assertThat(browser.call(method, "/sessions", "").statusCode())
                    .as(method)
                    .isEqualTo(423);
        }
        assertThat(browser.get("/").body()).as("still looking").contains("action=\"/view-as/end\"");
        assertThat(browser.post("/cards/1", Map.of("label", "x")).body()).contains("read-only. Exit the view");
    }

    @Test
    void routesThatAreNotAllowedAreNotFound() {
        for (var route : routes()) {
            if (route.method().equals("GET") && !SEEN.contains(route.path())) {
                assertThat(ask(route).statusCode()).as(route.toString()).isEqualTo(404);
            }
        }
        for (var path : List.of(
                "/account",
                "/account/data.json",
                "/api/v1/me",
                "/api/v1/sessions.csv",
                "/sessions/statement",
                "/operator",
                "/operator/drivers/" + driver.id(),
                "/actuator/prometheus")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theViewEndsWithAClick() {
        var ended = browser.post("/view-as/end", Map.of());
        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(ended.headers().firstValue("Location"))
                .hasValue("/operator/drivers/" + driver.id() + "?done=viewing-ended");
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
        assertThat(audited())
                .containsExactly(
                        "view-as.begin account " + driver.id() + " ", "view-as.end account " + driver.id() + " ended");
        assertThat(browser.post("/view-as/end", Map.of()).headers().firstValue("Location"))
                .as("once more")
                .hasValue("/operator");
    }

    @Test
    void theViewLastsHalfAnHour() {
        clock.advance(Duration.ofMinutes(29));
        assertThat(browser.get("/sessions").body()).contains("action=\"/view-as/end\"");
        clock.advance(Duration.ofMinutes(1));
        var over = browser.get("/sessions");
        assertThat(over.statusCode()).isEqualTo(303);
        assertThat(over.headers().firstValue("Location"))
                .hasValue("/operator/drivers/" + driver.id() + "?done=viewing-over");
        assertThat(browser.get("/sessions").body()).doesNotContain("view-as");
        assertThat(audited()).last().isEqualTo("view-as.end account " + driver.id() + " lapsed");
    }

    /** A form from the driver's page must not act as a form of the operator's own. */
    @Test
    void aFormSentAfterTheViewEndedDoesNothing() {
        clock.advance(Duration.ofMinutes(31));
        assertThat(browser.post("/notifications/read", Map.of("upTo", "1")).statusCode())
                .isEqualTo(423);
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
    }

    @Test
    void aDemotedOperatorLosesTheViewAtOnce() {
        jdbc.sql("update accounts set role = 'DRIVER' where id = ?")
                .param(operator.id().value())
                .update();
        assertThat(browser.get("/sessions").headers().firstValue("Location")).hasValue("/");
        assertThat(browser.get("/sessions").body()).doesNotContain("view-as");
        assertThat(audited()).last().isEqualTo("view-as.end account " + driver.id() + " lapsed");
    }

    @Test
    void aChangeOfRoleSignsTheOperatorOut() {
        accounts.changeRole(Optional.empty(), operator.id(), Role.DRIVER);
        assertThat(browser.get("/sessions").headers().firstValue("Location")).hasValue("/sign-in");
    }

    @Test
    void theViewEndsWhenTheDriverBecomesAnOperator() {
        accounts.changeRole(Optional.empty(), driver.id(), Role.OPERATOR);
        assertThat(browser.get("/sessions").statusCode()).isEqualTo(303);
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAnOperatorCanViewAndOnlyAnExistingDriver() {
        var other = portal.signedIn(operator);
        var colleague = portal.operator();
        assertThat(other.post("/operator/drivers/" + colleague.id() + "/view-as", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.post("/operator/drivers/999999999/view-as", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(portal.signedIn(portal.driver())
                        .post("/operator/drivers/" + driver.id() + "/view-as", Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theViewBelongsToOneSignInAndEndsWithIt() {
        assertThat(portal.signedIn(operator).get("/operator").statusCode())
                .as("the operator's other browser")
                .isEqualTo(200);
        assertThat(browser.post("/sign-out", Map.of()).statusCode()).isEqualTo(303);
        assertThat(audited()).last().isEqualTo("view-as.end account " + driver.id() + " signed_out");
    }
}
