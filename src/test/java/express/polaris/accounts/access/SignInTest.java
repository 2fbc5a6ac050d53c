package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.FastPasswords;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class SignInTest {

    private static final String WRONG = "not the password";

    private final Portal portal;
    private final AccountService accounts;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final FastPasswords passwords;

    SignInTest(Portal portal, AccountService accounts, JdbcClient jdbc, MutableClock clock, FastPasswords passwords) {
        this.portal = portal;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.passwords = passwords;
    }

    @Test
    void theCorrectPasswordLeadsToTheFirstPage() {
        var driver = portal.driver();
        var browser = portal.browser();
        var response = signIn(browser, driver.email().toUpperCase(java.util.Locale.ROOT), Portal.PASSWORD);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/");
        assertThat(browser.get("/api/v1/me").body()).contains("\"email\":\"" + driver.email() + "\"");
    }

    @Test
    void theFirstOperatorSignsInWithThePasswordFromTheSettings() {
        var browser = portal.browser();
        signIn(browser, "first@operator.example", ApplicationTest.FIRST_OPERATORS_PASSWORD);
        assertThat(browser.get("/api/v1/me").body()).contains("\"role\":\"OPERATOR\"");
    }

    @Test
    void signInReturnsToTheRequestedPage() {
        var browser = portal.browser();
        var asked = browser.get("/sessions/4711?all=true");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).contains("/sign-in");
        var response = signIn(browser, portal.driver().email(), Portal.PASSWORD);
        assertThat(response.headers().firstValue("Location")).contains("/sessions/4711?all=true");
    }

    @Test
    void signInNeverRedirectsToAnotherHost() {
        for (var address : new String[] {"//evil.example/", "https://evil.example", "/\\evil.example", "/sign-out"}) {
            var cookie = java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(address.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var browser = portal.browser().withCookie("polaris_return", cookie);
            var response = signIn(browser, portal.driver().email(), Portal.PASSWORD);
            assertThat(response.headers().firstValue("Location")).as(address).contains("/");
        }
    }

    @Test
    void theCookieIsHttpOnlyAndSameSite() {
        var response = signIn(portal.browser(), portal.driver().email(), Portal.PASSWORD);
        assertThat(response.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("polaris=") || cookie.startsWith("polaris_browser="))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
    }

    @Test
    void signingInReplacesTheExistingSession() {
        var browser = portal.signedIn(portal.driver());
        var before = browser.cookie("polaris");
        signIn(browser, portal.driver().email(), Portal.PASSWORD);
        assertThat(browser.cookie("polaris")).isNotEqualTo(before);
        assertThat(portal.browser()
                        .withCookie("polaris", String.valueOf(before))
                        .get("/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void noHttpSessionIsCreatedBeforeSignIn() {
        var browser = portal.browser();
        browser.get("/sign-in");
        browser.get("/");
        signIn(browser, "nobody@people.example", WRONG);
        assertThat(browser.cookie("polaris")).isNull();
    }

    @Test
    void signingOutEndsTheSignIn() {
        var browser = portal.signedIn(portal.driver());
        var cookie = String.valueOf(browser.cookie("polaris"));
        var response = browser.post("/sign-out", Map.of());
        assertThat(response.headers().firstValue("Location")).contains("/sign-in");
        assertThat(portal.browser()
                        .withCookie("polaris", cookie)
                        .get("/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFormOfAForeignPageIsRefused() {
        var driver = portal.driver();
        var response = portal.browser()
                .withoutCsrf()
                .post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(portal.signedIn(driver)
                        .withoutCsrf()
                        .post("/sign-out", Map.of())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void knownUnknownAndDisabledAddressesGetTheSameAnswer() {
        var disabled = portal.driver();
        accounts.change(Optional.empty(), disabled.id(), AccountChange.none().withDisabled(true));
        var known = signIn(portal.browser(), portal.driver().email(), WRONG);
        var unknown = signIn(portal.browser(), "nobody@people.example", WRONG);
        var shut = signIn(portal.browser(), disabled.email(), Portal.PASSWORD);
        assertThat(known.statusCode()).isEqualTo(401);
        for (var other : new HttpResponse<?>[] {unknown, shut}) {
            assertThat(other.statusCode()).isEqualTo(401);
            assertThat(headerNames(other)).isEqualTo(headerNames(known));
        }
        assertThat(withoutInput(unknown)).isEqualTo(withoutInput(known)).isEqualTo(withoutInput(shut));
    }

    /** {@code PasswordsTest} shows that a comparison without a hash takes as much work as any other. */
    @Test
    void anUnknownAddressCostsAComparisonToo() {
        int before = passwords.comparisons();
        signIn(portal.browser(), "nobody-at-all@people.example", WRONG);
        assertThat(passwords.comparisons()).isEqualTo(before + 1);
    }

    @Test
    void anAccountHasFiveAttemptsAMinuteAndThenGrowingBlocks() {
        for (var email : new String[] {portal.driver().email(), "unknown@people.example"}) {
            for (int i = 0; i < 5; i++) {
                assertThat(fromSomewhere(email, WRONG).statusCode()).isEqualTo(401);
            }
            var minutes = new ArrayList<Long>();
            for (int block = 0; block < 8; block++) {
                var blocked = fromSomewhere(email, Portal.PASSWORD);
                assertThat(blocked.statusCode()).isEqualTo(429);
                var seconds = blocked.headers().firstValueAsLong("Retry-After").orElseThrow();
                minutes.add(seconds / 60);
                clock.advance(Duration.ofSeconds(seconds));
                assertThat(fromSomewhere(email, WRONG).statusCode()).isEqualTo(401);
            }
            assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        }
    }

    @Test
    void aBlockFromBeforeTheClockWasSetBackDoesNotLast() {
        var email = portal.driver().email();
        for (int i = 0; i < 5; i++) {
            fromSomewhere(email, WRONG);
        }
        assertThat(fromSomewhere(email, Portal.PASSWORD).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofHours(-2));
        assertThat(fromSomewhere(email, Portal.PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void attemptsOlderThanAMinuteDoNotCount() {
        var email = portal.driver().email();
        for (int i = 0; i < 12; i++) {
            assertThat(signIn(portal.browser(), email, WRONG).statusCode()).isEqualTo(401);
            clock.advance(Duration.ofSeconds(20));
        }
    }

    @Test
    void concurrentAttemptsAreCounted() throws Exception {
        var email = portal.driver().email();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = java.util.Collections.<Callable<Integer>>nCopies(
                    15, () -> signIn(portal.browser(), email, WRONG).statusCode());
            var answers = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
            assertThat(answers).filteredOn(status -> status == 429).hasSize(10);
        }
    }

    @Test
    void aNetworkAddressHasFiveAttemptsForAllAccountsTogether() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn(portal.browser(), "person" + i + "@people.example", WRONG)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(signIn(portal.browser(), portal.driver().email(), Portal.PASSWORD)
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void anOwnAccountDoesNotCircumventTheLimitOfTheNetworkAddress() {
        var own = portal.driver();
        int looked = 0;
        for (int i = 0; i < 12; i++) {
            if (signIn(portal.browser(), "victim" + i + "@people.example", WRONG)
                            .statusCode()
                    == 401) {
                looked++;
            }
            signIn(portal.browser(), own.email(), Portal.PASSWORD);
        }
        assertThat(looked).isEqualTo(5);
    }

    @Test
    void aBrowserThatSignedInBeforeIsExemptFromTheLimitOfTheAccount() {
        var operator = portal.operator();
        var own = portal.browser();
        signIn(own, operator.email(), Portal.PASSWORD);
        own.post("/sign-out", Map.of());
        for (int i = 0; i < 5; i++) {
            fromSomewhere(operator.email(), WRONG);
        }
        assertThat(fromSomewhere(operator.email(), Portal.PASSWORD).statusCode())
                .isEqualTo(429);
        assertThat(signIn(own, operator.email(), Portal.PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void aBrowserKnownForOneAccountIsNotExemptForAnother() {
        var own = portal.browser();
        signIn(own, portal.driver().email(), Portal.PASSWORD);
        var victim = portal.driver();
        for (int i = 0; i < 5; i++) {
            fromSomewhere(victim.email(), WRONG);
        }
        forgetAddresses();
        assertThat(signIn(own, victim.email(), Portal.PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void noAddressOrSecretIsStoredInPlainText() {
        var driver = portal.driver();
        var browser = portal.browser();
        signIn(browser, driver.email(), Portal.PASSWORD);
        signIn(portal.browser(), driver.email(), WRONG);
        var kept = jdbc.sql("""
            select string_agg(encode(key, 'escape'), ' ') from sign_in_throttles
            union all select string_agg(encode(token_hash, 'escape'), ' ') from known_browsers
            """).query(String.class).list();
        assertThat(String.join(" ", kept))
                .doesNotContainIgnoringCase(driver.email())
                .doesNotContain("127.0.0.1")
                .doesNotContain(String.valueOf(browser.cookie("polaris_browser")));
    }

    /** An attempt from a fresh network address, as seen by the rate limits. */
    private HttpResponse<String> fromSomewhere(String email, String password) {
        forgetAddresses();
        var response = signIn(portal.browser(), email, password);
        forgetAddresses();
        return response;
    }

    private void forgetAddresses() {
        jdbc.sql("delete from sign_in_throttles where key = :key")
                .param("key", sha256("address 127.0.0.1"))
                .update();
    }

    private static byte[] sha256(String text) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> signIn(Browser browser, String email, String password) {
        return browser.post("/sign-in", Map.of("email", email, "password", password));
    }

    private static Object headerNames(HttpResponse<?> response) {
        return response.headers().map().keySet();
    }

    private static String withoutInput(HttpResponse<String> response) {
        return response.body().replaceAll("value=\"[^\"]*\"", "");
    }
}
