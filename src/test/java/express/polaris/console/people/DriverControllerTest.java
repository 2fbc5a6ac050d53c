package express.polaris.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class DriverControllerTest {

    private static final String PASSWORD = "a password of my own";

    private final Portal portal;
    private final Charging charging;
    private final AccountService accounts;
    private final SimulatedSteve steve;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final Account operator;
    private final Browser console;

    DriverControllerTest(
            Portal portal,
            Charging charging,
            AccountService accounts,
            SimulatedSteve steve,
            JdbcClient jdbc,
            MutableClock clock) {
        this.portal = portal;
        this.charging = charging;
        this.accounts = accounts;
        this.steve = steve;
        this.jdbc = jdbc;
        this.clock = clock;
        this.operator = portal.operator();
        this.console = portal.signedIn(operator);
    }

    private static String address() {
        return "new-" + UUID.randomUUID() + "@people.example";
    }

    private HttpResponse<String> create(String email, String password) {
        return console.post(
                "/operator/drivers/new",
                Map.of(
                        "email", email,
                        "name", "Grace Hopper",
                        "password", password,
                        "locale", "de",
                        "timeZone", "Europe/Vienna"));
    }

    private HttpResponse<String> change(Account driver, String what, Map<String, String> form) {
        return console.post("/operator/drivers/" + driver.id() + "/" + what, form);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private List<String> audited(Account driver) {
        return jdbc.sql("select action from audit_log where subject = ? and actor = ? order by id")
                .params("account " + driver.id(), operator.id().value())
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    @Test
    void anInvitationIsMailedAndItsLinkSetsAPasswordOnce() {
        var email = address();
        assertThat(location(create(email, ""))).endsWith("?done=invited");
        var created = accounts.findByEmail(email).orElseThrow();
        assertThat(console.get("/operator/drivers?state=invited&search=" + email)
                        .body())
                .contains("Grace Hopper");
        var mail = MailServer.await(email, 1);
        assertThat(mail.subject()).isEqualTo("Dein Ladekonto");
        assertThat(mail.path()).startsWith("/sign-in/invitation/");
        assertThat(portal.browser().get(mail.path()).body()).contains(email);
        var browser = portal.browser();
        assertThat(browser.post(mail.path(), Map.of("password", "short")).statusCode())
                .isEqualTo(422);
        assertThat(location(browser.post(mail.path(), Map.of("password", PASSWORD))))
                .isEqualTo("/");
        assertThat(browser.get("/api/v1/me").body()).contains(email);
        assertThat(portal.browser()
                        .post(mail.path(), Map.of("password", PASSWORD))
                        .statusCode())
                .isEqualTo(410);
        assertThat(audited(created)).containsExactly("account.create", "account.invite");
        assertThat(console.get("/operator/drivers?state=active&search=" + email).body())
                .contains("Grace Hopper");
    }

    @Test
    void onlyTheLatestInvitationIsValidForSevenDays() {
        var email = address();
        create(email, "");
        var driver = accounts.findByEmail(email).orElseThrow();
        var first = MailServer.await(email, 1).path();
        assertThat(location(change(driver, "invite", Map.of()))).endsWith("?done=invited");
        var second = MailServer.await(email, 2).path();
        assertThat(portal.browser().get(first).statusCode()).isEqualTo(410);
        clock.advance(Duration.ofDays(7).minusMinutes(1));
        assertThat(portal.browser().get(second).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(portal.browser().get(second).statusCode()).isEqualTo(410);
    }

    @Test
    void aDriverCreatedWithAPasswordGetsNoMail() {
        var email = address();
        assertThat(location(create(email, PASSWORD))).endsWith("?done=created");
        assertThat(jdbc.sql("select count(*) from mails where account_id = ?")
                        .param(accounts.findByEmail(email).orElseThrow().id().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void errorsAreShownAndTheInputIsKept() {
        var faulty = create("nobody", "short");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body())
                .contains("value=\"nobody\"", "Grace Hopper", "id=\"fault-email\"", "id=\"fault-password\"");
        assertThat(create(portal.driver().email(), "").statusCode()).isEqualTo(409);
        var driver = portal.driver();
        var unnamed = change(driver, "profile", Map.of("name", " ", "locale", "en", "timeZone", "UTC"));
        assertThat(unnamed.statusCode()).isEqualTo(422);
        assertThat(unnamed.body()).contains("id=\"fault-name\"");
    }

    @Test
    void disablingSignsOutAndBlocksTagsAndEnablingUnblocksOnlyChosenOnes() {
        var driver = portal.driver();
        var kept = charging.card(driver, "Blue fob");
        var lost = charging.card(driver, "Key ring");
        var theirs = portal.signedIn(driver);
        theirs.post("/cards/" + lost.id().value() + "/lost", Map.of());
        assertThat(location(change(driver, "disable", Map.of("blockTags", "true"))))
                .endsWith("?done=blocked");
        assertThat(theirs.get("/").statusCode()).isEqualTo(303);
        assertThat(blocked(kept.idTag().value())).isTrue();
        var page = console.get("/operator/drivers/" + driver.id()).body();
        assertThat(page).contains("Disabled", "Blue fob", "Key ring");
        assertThat(page).as("the lost card is not chosen").containsOnlyOnce(" checked");
        var enabled =
                change(driver, "enable", Map.of("card", Long.toString(kept.id().value())));
        assertThat(location(enabled)).endsWith("?done=enabled");
        assertThat(blocked(kept.idTag().value())).isFalse();
        assertThat(blocked(lost.idTag().value())).isTrue();
        assertThat(audited(driver)).containsExactly("account.change", "account.block-tags", "account.change");
        assertThat(portal.signedIn(driver).get("/").statusCode()).isEqualTo(200);
    }

    private boolean blocked(String tag) {
        return steve.world().tag(tag).orElseThrow().isBlocked();
    }

    @Test
    void aResetSignsOutRemovesThePasswordAndMailsALink() {
        var driver = portal.driver();
        var theirs = portal.signedIn(driver);
        assertThat(location(change(driver, "reset", Map.of()))).endsWith("?done=reset");
        assertThat(theirs.get("/").statusCode()).isEqualTo(303);
        var wrong = portal.browser().post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD));
        assertThat(wrong.statusCode()).isEqualTo(401);
        var path = MailServer.await(driver.email(), 1).path();
        assertThat(path).startsWith("/sign-in/reset/");
        assertThat(location(portal.browser().post(path, Map.of("password", PASSWORD))))
                .isEqualTo("/");
        assertThat(audited(driver)).containsExactly("account.reset");
    }

    @Test
    void aRoleIsChangedButNotThatOfTheLastOperator() {
        var driver = portal.driver();
        assertThat(location(change(driver, "role", Map.of("role", "OPERATOR")))).endsWith("?done=role");
        assertThat(accounts.find(driver.id()).orElseThrow().isOperator()).isTrue();
        assertThat(location(change(driver, "role", Map.of("role", "DRIVER")))).endsWith("?done=role");
        var others = jdbc.sql("update accounts set disabled_at = now() where role = 'OPERATOR' and id <> ?"
                        + " and disabled_at is null returning id")
                .param(operator.id().value())
                .query(Long.class)
                .list();
        try {
            var last = change(operator, "role", Map.of("role", "DRIVER"));
            assertThat(last.statusCode()).isEqualTo(409);
            assertThat(last.body()).contains("last operator who can sign in");
            assertThat(change(operator, "disable", Map.of()).statusCode()).isEqualTo(409);
        } finally {
            others.forEach(id -> jdbc.sql("update accounts set disabled_at = null where id = ?")
                    .param(id)
                    .update());
        }
    }

    @Test
    void theListShowsTheNumberOfCardsAndTheLastSession() {
        var driver = portal.driver();
        charging.card(driver, "One");
        charging.completed(driver, charging.now().minus(Duration.ofHours(5)));
        var row = console.get("/operator/drivers?search=" + driver.email()).body();
        assertThat(row).contains("data-label=\"Cards\">2<").doesNotContain("Never charged");
        assertThat(console.get("/operator/drivers?search=nobody-has-this").body())
                .contains("No drivers match");
        var page = console.get("/operator/drivers/" + driver.id()).body();
        assertThat(page)
                .contains(
                        "/operator/transactions?driverId=" + driver.id(),
                        "/operator/drivers/" + driver.id() + "/subscriptions",
                        "6.00");
    }

    @Test
    void anUnknownAccountIsNotFound() {
        for (var id : List.of("0", "999999999", "x", "99999999999999999999")) {
            assertThat(console.get("/operator/drivers/" + id).statusCode())
                    .as(id)
                    .isEqualTo(404);
        }
    }
}
