package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.assertRefused;
import static express.polaris.accounts.oidc.IssuerTestKit.location;
import static express.polaris.accounts.oidc.IssuerTestKit.signIn;
import static express.polaris.accounts.oidc.IssuerTestKit.visit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StubIssuer;
import express.polaris.testing.StubIssuer.Person;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Sign-in at an issuer over HTTP, with keys and codes that are checked on both sides. */
@ApplicationTest
class SingleSignOnTest {

    private static final StubIssuer ISSUER = new StubIssuer();

    private final Portal portal;
    private final AccountService accounts;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    SingleSignOnTest(Portal portal, AccountService accounts, JdbcClient jdbc, MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("polaris.oidc.issuer", ISSUER::url);
        registry.add("polaris.oidc.client-id", () -> StubIssuer.CLIENT);
        registry.add("polaris.oidc.client-secret", () -> StubIssuer.SECRET);
        registry.add("polaris.oidc.button", () -> "Yard ID");
        registry.add("polaris.oidc.operator-groups", () -> "charging-admins");
    }

    @BeforeEach
    void quietIssuer() {
        ISSUER.reset(clock);
    }

    @Test
    void aPersonWithAVerifiedAddressOfAnAccountIsSignedIn() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        var browser = portal.browser();
        var response = signIn(browser);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/");
        assertThat(browser.get("/api/v1/me").body()).contains("\"email\":\"" + driver.email() + "\"");
        assertThat(auditOf(driver)).containsExactly("identity.link");
    }

    @Test
    void theSignInIsListedAmongTheDevicesAndTheBrowserIsKnown() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        var browser = portal.browser();
        signIn(browser);
        assertThat(browser.cookie("polaris_browser")).isNotBlank();
        assertThat(browser.get("/account").body()).contains("Sign-in with Yard ID");
    }

    @Test
    void signingInReplacesTheSessionAndReturnsToTheRequestedPage() {
        var driver = portal.driver();
        var browser = portal.signedIn(portal.driver());
        var before = String.valueOf(browser.cookie("polaris"));
        ISSUER.person(Person.of(driver.email()));
        signIn(browser);
        assertThat(browser.cookie("polaris")).isNotEqualTo(before);
        assertThat(portal.browser()
                        .withCookie("polaris", before)
                        .get("/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
        var other = portal.browser();
        other.get("/sessions/4711");
        assertThat(signIn(other).headers().firstValue("Location")).contains("/sessions/4711");
    }

    @Test
    void noHttpSessionAndNoRowExistBeforeTheAnswer() {
        long before = used();
        var browser = portal.browser();
        browser.get("/sign-in/oidc");
        assertThat(browser.cookie("polaris")).isNull();
        assertThat(used()).isEqualTo(before);
    }

    @Test
    void theSecondSignInGoesBySubjectEvenIfTheAddressHasChanged() {
        var driver = portal.driver();
        var other = portal.driver();
        var person = Person.of(driver.email());
        ISSUER.person(person);
        signIn(portal.browser());
        ISSUER.person(person.withEmail(other.email()).unverified());
        var browser = portal.browser();
        signIn(browser);
        assertThat(browser.get("/api/v1/me").body()).contains("\"email\":\"" + driver.email() + "\"");
    }

    @Test
    void anotherPersonWithTheAddressOfALinkedAccountIsRefused() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        signIn(portal.browser());
        ISSUER.person(Person.of(driver.email()));
        assertRefused(signIn(portal.browser()), 403, "is linked to another person at Yard ID");
    }

    @Test
    void anUnverifiedAddressIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()).unverified());
        assertRefused(signIn(portal.browser()), 403, "Yard ID has not verified your e-mail address");
    }

    @Test
    void anUnknownAddressGetsNoAccount() {
        var email = UUID.randomUUID() + "@people.example";
        ISSUER.person(Person.of(email));
        assertRefused(signIn(portal.browser()), 403, "There is no account here");
        assertThat(accounts.findByEmail(email)).isEmpty();
    }

    @Test
    void aDisabledAccountStaysOut() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        var browser = portal.browser();
        signIn(browser);
        accounts.change(Optional.empty(), driver.id(), AccountChange.none().withDisabled(true));
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertRefused(signIn(portal.browser()), 403, "Your account here is disabled");
    }

    @Test
    void aWrongNonceIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        ISSUER.lie(claims -> claims.claim("nonce", "of another sign-in"));
        assertRefused(signIn(portal.browser()), 401, "could not be trusted");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        ISSUER.lie(claims -> claims.issuer("https://evil.example"));
        assertRefused(signIn(portal.browser()), 401, "could not be trusted");
    }

    @Test
    void aTokenForAnotherClientIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        ISSUER.lie(claims -> claims.audience("another client"));
        assertRefused(signIn(portal.browser()), 401, "could not be trusted");
    }

    @Test
    void anExpiredTokenIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        ISSUER.lie(claims -> claims.issueTime(Date.from(clock.instant().minusSeconds(7200)))
                .expirationTime(Date.from(clock.instant().minusSeconds(3600))));
        assertRefused(signIn(portal.browser()), 401, "could not be trusted");
    }

    @Test
    void aTokenWithAnotherKeysSignatureIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        ISSUER.signWithAnotherKey();
        assertRefused(signIn(portal.browser()), 401, "could not be trusted");
    }

    @Test
    void anAnswerWorksOnce() {
        ISSUER.person(Person.of(portal.driver().email()));
        var browser = portal.browser();
        var started = browser.get("/sign-in/oidc");
        var cookie = oidcCookie(started);
        var callback = visit(browser, location(started));
        assertThat(browser.get(callback).statusCode()).isEqualTo(303);
        assertRefused(browser.get(callback), 401, "was used before");
        var thief = portal.browser().withCookie(cookie[0], cookie[1]);
        assertRefused(thief.get(callback), 401, "was used before");
        assertThat(ISSUER.exchanges()).isEqualTo(1);
    }

    @Test
    void aCodeThatWasUsedBeforeIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        var first = portal.browser();
        var used = visit(first, location(first.get("/sign-in/oidc")));
        first.get(used);
        var second = portal.browser();
        var fresh = visit(second, location(second.get("/sign-in/oidc")));
        var code = used.replaceAll(".*[?&]code=([^&]+).*", "$1");
        assertRefused(second.get(fresh.replaceAll("code=[^&]+", "code=" + code)), 401, "was used before");
    }

    @Test
    void anAnswerInAnotherBrowserIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        var browser = portal.browser();
        var callback = visit(browser, location(browser.get("/sign-in/oidc")));
        assertRefused(portal.browser().get(callback), 401, "was used before or took too long");
    }

    @Test
    void anAnswerAfterTenMinutesIsRefused() {
        ISSUER.person(Person.of(portal.driver().email()));
        var browser = portal.browser();
        var callback = visit(browser, location(browser.get("/sign-in/oidc")));
        clock.advance(Duration.ofMinutes(10));
        assertRefused(browser.get(callback), 401, "took too long");
    }

    @Test
    void twoTabsSignInSideBySide() {
        ISSUER.person(Person.of(portal.driver().email()));
        var browser = portal.browser();
        var one = visit(browser, location(browser.get("/sign-in/oidc")));
        var two = visit(browser, location(browser.get("/sign-in/oidc")));
        assertThat(browser.get(one).statusCode()).isEqualTo(303);
        assertThat(browser.get(two).statusCode()).isEqualTo(303);
    }

    @Test
    void aPersonWhoDeclinesIsToldSo() {
        ISSUER.decline("access_denied");
        assertRefused(signIn(portal.browser()), 401, "Yard ID did not sign you in");
    }

    @Test
    void anIssuerThatIsDownAtTheAnswerIsNamedAndCostsNoTry() {
        ISSUER.person(Person.of(portal.driver().email()));
        for (int i = 0; i < 7; i++) {
            var browser = portal.browser();
            var callback = visit(browser, location(browser.get("/sign-in/oidc")));
            ISSUER.down(true);
            assertRefused(browser.get(callback), 503, "Yard ID does not answer");
            ISSUER.down(false);
        }
        assertThat(signIn(portal.browser()).statusCode()).isEqualTo(303);
    }

    @Test
    void refusedAnswersAreLimitedByNetworkAndPasswordsStillWork() {
        ISSUER.person(Person.of(portal.driver().email()).unverified());
        for (int i = 0; i < 5; i++) {
            assertThat(signIn(portal.browser()).statusCode()).isEqualTo(403);
        }
        assertThat(signIn(portal.browser()).statusCode()).isEqualTo(429);
        var password = portal.browser()
                .post("/sign-in", Map.of("email", portal.operator().email(), "password", Portal.PASSWORD));
        assertThat(password.headers().firstValue("Location")).contains("/operator");
    }

    @Test
    void refusalsAreAuditedWithoutAddresses() {
        var email = UUID.randomUUID() + "@people.example";
        ISSUER.person(Person.of(email));
        signIn(portal.browser());
        var entry = jdbc.sql("select subject || details::text from audit_log order by id desc limit 1")
                .query(String.class)
                .single();
        assertThat(entry).isEqualTo("single sign-on{\"why\": \"NO_ACCOUNT\"}");
    }

    @Test
    void claimsMayComeFromTheUserInfoAlone() {
        ISSUER.terse();
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email(), "charging-admins"));
        var browser = portal.browser();
        signIn(browser);
        assertThat(browser.get("/api/v1/me").body()).contains("\"role\":\"OPERATOR\"");
    }

    @Test
    void tokensAreStoredSealed() {
        ISSUER.person(Person.of(portal.driver().email()));
        signIn(portal.browser());
        var stored = jdbc.sql("select id_token from oidc_sign_ins order by confirmed_at desc limit 1")
                .query(byte[].class)
                .single();
        assertThat(new String(stored, ISO_8859_1)).doesNotContain("eyJ");
    }

    @Test
    void signingOutGoesToTheIssuer() {
        ISSUER.person(Person.of(portal.driver().email()));
        var browser = portal.browser();
        signIn(browser);
        var out = browser.post("/sign-out", Map.of());
        assertThat(location(out)).startsWith(ISSUER.url() + "/end?");
        assertThat(visit(browser, location(out))).isEqualTo("/sign-in");
        var asked = ISSUER.signOuts().getFirst();
        assertThat(asked).containsEntry("post_logout_redirect_uri", MailServer.PUBLIC_URL + "/sign-in");
        assertThat(asked.get("id_token_hint")).startsWith("eyJ");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void formsMayLeadToTheIssuer() {
        var policy = portal.browser().get("/sign-in").headers().firstValue("Content-Security-Policy");
        assertThat(policy.orElseThrow()).contains("form-action 'self' " + ISSUER.url() + ";");
    }

    @Test
    void aSignInByPasswordSignsOutHereOnly() {
        var browser = portal.signedIn(portal.driver());
        assertThat(location(browser.post("/sign-out", Map.of()))).isEqualTo("/sign-in");
    }

    @Test
    void anOperatorUnlinksAnAccount() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        var browser = portal.browser();
        signIn(browser);
        var operator = portal.signedIn(portal.operator());
        assertThat(operator.get("/operator/drivers/" + driver.id()).body())
                .contains("Sign-in with Yard ID", ISSUER.url());
        operator.post("/operator/drivers/" + driver.id() + "/identity/unlink", Map.of());
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(auditOf(driver)).containsExactly("identity.link", "identity.unlink");
        ISSUER.person(Person.of(driver.email()));
        assertThat(signIn(portal.browser()).statusCode()).isEqualTo(303);
    }

    @Test
    void deletingAnAccountForgetsItsIdentity() {
        var driver = portal.driver();
        ISSUER.person(Person.of(driver.email()));
        signIn(portal.browser());
        accounts.forget(Optional.empty(), driver.id());
        var kept =
                jdbc.sql("""
            select (select count(*) from linked_identities where account_id = :id)
                   + (select count(*) from oidc_sign_ins o left join linked_identities i on i.id = o.identity_id
                       where i.id is null)
            """).param("id", driver.id().value()).query(Long.class).single();
        assertThat(kept).isZero();
    }

    private List<String> auditOf(Account account) {
        return jdbc.sql("select action from audit_log where subject = :subject order by id")
                .param("subject", "account " + account.id())
                .query((row, number) -> row.getString(1))
                .list();
    }

    private long used() {
        return jdbc.sql("select count(*) from used_oidc_values")
                .query(Long.class)
                .single();
    }

    private static String[] oidcCookie(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("polaris_oidc_"))
                .map(cookie -> cookie.replaceAll(";.*", "").split("=", 2))
                .findFirst()
                .orElseThrow();
    }
}
