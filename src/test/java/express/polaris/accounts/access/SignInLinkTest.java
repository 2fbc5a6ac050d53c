package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class SignInLinkTest {

    private static final String NEW_PASSWORD = "a new password of mine";

    private final Portal portal;
    private final AccountService accounts;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    SignInLinkTest(Portal portal, AccountService accounts, JdbcClient jdbc, MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void aLinkSignsInOnceAndOnlyByAClick() {
        var driver = portal.driver();
        ask(driver.email(), "link");
        var path = MailServer.await(driver.email(), 1).path();
        // what a link scanner in a mail program does
        for (int i = 0; i < 3; i++) {
            var page = portal.browser().get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Sign in as " + driver.email());
        }
        var browser = portal.browser();
        assertThat(browser.post(path, Map.of()).statusCode()).isEqualTo(303);
        assertThat(browser.get("/api/v1/me").body()).contains(driver.email());
        var again = portal.browser();
        assertThat(again.post(path, Map.of()).statusCode()).isEqualTo(410);
        assertThat(again.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(again.get(path).statusCode()).isEqualTo(410);
    }

    @Test
    void aLinkIsValidForFifteenMinutes() {
        var driver = portal.driver();
        ask(driver.email(), "link");
        var path = MailServer.await(driver.email(), 1).path();
        clock.advance(Duration.ofMinutes(14));
        assertThat(portal.browser().get(path).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(portal.browser().get(path).statusCode()).isEqualTo(410);
        assertThat(portal.browser().post(path, Map.of()).statusCode()).isEqualTo(410);
    }

    @Test
    void aForeignPageCannotUseALink() {
        var driver = portal.driver();
        ask(driver.email(), "link");
        var path = MailServer.await(driver.email(), 1).path();
        portal.browser().withoutCsrf().post(path, Map.of());
        assertThat(portal.browser().get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void knownUnknownAndDisabledAddressesGetTheSameAnswer() {
        var disabled = portal.driver();
        accounts.change(Optional.empty(), disabled.id(), AccountChange.none().withDisabled(true));
        var driver = portal.driver();
        for (var kind : new String[] {"link", "password"}) {
            var known = ask(driver.email(), kind);
            for (var email : new String[] {"nobody@people.example", disabled.email(), "no address", ""}) {
                forgetTries();
                var other = ask(email, kind);
                assertThat(other.statusCode()).as(email).isEqualTo(known.statusCode());
                assertThat(other.headers().map().keySet())
                        .isEqualTo(known.headers().map().keySet());
                assertThat(withoutInput(other)).isEqualTo(withoutInput(known));
            }
        }
        MailServer.await(driver.email(), 2);
        // requests are handled in order, so the earlier ones were handled too
        assertThat(MailServer.to(disabled.email())).isEmpty();
    }

    @Test
    void anAccountGetsAtMostThreeMailsAnHour() {
        var driver = portal.driver();
        for (int i = 0; i < 5; i++) {
            forgetTries();
            assertThat(ask(driver.email(), i % 2 == 0 ? "link" : "password").statusCode())
                    .isEqualTo(200);
        }
        nothingIsAskedFor();
        MailServer.await(driver.email(), 3);
        assertThat(linksOf(driver.email())).isEqualTo(3);
        clock.advance(Duration.ofMinutes(61));
        forgetTries();
        ask(driver.email(), "link");
        MailServer.await(driver.email(), 4);
    }

    @Test
    void aNetworkCanRequestFiveLinksAMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("person" + i + "@people.example", "link").statusCode())
                    .isEqualTo(200);
        }
        var blocked = ask("person@people.example", "link");
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).isPresent();
        // requesting links uses up no sign-in attempts
        var driver = portal.driver();
        assertThat(portal.browser()
                        .post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aLinkSetsANewPasswordAndEndsAllOtherAccess() {
        var driver = portal.driver();
        var elsewhere = portal.signedIn(driver);
        var script = portal.withToken(driver);
        ask(driver.email(), "link");
        var older = MailServer.await(driver.email(), 1).path();
        forgetTries();
        ask(driver.email(), "password");
        var path = MailServer.await(driver.email(), 2).path();
        var browser = portal.browser();
        // an invalid password does not use up the link
        assertThat(browser.post(path, Map.of("password", "short")).statusCode()).isEqualTo(422);
        assertThat(browser.post(path, Map.of("password", NEW_PASSWORD)).statusCode())
                .isEqualTo(303);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(portal.browser().get(older).statusCode()).isEqualTo(410);
        assertThat(portal.browser()
                        .post(path, Map.of("password", NEW_PASSWORD + "!"))
                        .statusCode())
                .isEqualTo(410);
        assertThat(portal.browser()
                        .post("/sign-in", Map.of("email", driver.email(), "password", NEW_PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void linksUseThePublicAddressWhateverTheRequestsHost() {
        var driver = portal.driver();
        portal.browser()
                .withHeader("X-Forwarded-Host", "evil.example")
                .post("/sign-in/link", Map.of("email", driver.email()));
        var mail = MailServer.await(driver.email(), 1);
        assertThat(mail.plain())
                .contains(MailServer.PUBLIC_URL + "/sign-in/link/")
                .doesNotContain("evil", "127.0.0.1");
        assertThat(mail.html()).contains("href=\"" + MailServer.PUBLIC_URL + mail.path() + "\"");
    }

    @Test
    void noSecretOfALinkIsStored() {
        var driver = portal.driver();
        ask(driver.email(), "link");
        var path = MailServer.await(driver.email(), 1).path();
        var secret = path.substring(path.lastIndexOf('/') + 1);
        assertThat(secret).hasSize(43); // 256 bits
        var kept = jdbc.sql("""
            select string_agg(m::text, ' ') from mails m
            union all select string_agg(l::text || encode(l.token_hash, 'escape'), ' ') from sign_in_links l
            union all select coalesce(string_agg(r::text, ' '), '') from sign_in_requests r
            """).query(String.class).list();
        assertThat(String.join(" ", kept)).doesNotContain(secret).doesNotContain(driver.email());
    }

    private HttpResponse<String> ask(String email, String kind) {
        return ask(portal.browser(), email, kind);
    }

    private static HttpResponse<String> ask(Browser browser, String email, String kind) {
        return browser.post("/sign-in/" + kind, Map.of("email", email));
    }

    private void forgetTries() {
        jdbc.sql("delete from sign_in_throttles").update();
    }

    private void nothingIsAskedFor() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select count(*) from sign_in_requests")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    private long linksOf(String email) {
        return jdbc.sql("""
            select count(*) from sign_in_links l join accounts a on a.id = l.account_id where a.email = :email
            """).param("email", email).query(Long.class).single();
    }

    private static String withoutInput(HttpResponse<String> response) {
        return response.body().replaceAll("value=\"[^\"]*\"", "");
    }
}
