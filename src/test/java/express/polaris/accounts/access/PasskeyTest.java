package express.polaris.accounts.access;

import static express.polaris.accounts.access.PasskeyKit.HOST;
import static express.polaris.accounts.access.PasskeyKit.added;
import static express.polaris.accounts.access.PasskeyKit.audited;
import static express.polaris.accounts.access.PasskeyKit.optionsToSignIn;
import static express.polaris.accounts.access.PasskeyKit.refused;
import static express.polaris.accounts.access.PasskeyKit.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.PasskeyService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.SoftwareAuthenticator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Passkeys over HTTP: what signs in, and everything that does not. */
@ApplicationTest
class PasskeyTest {

    private final Portal portal;
    private final AccountService accounts;
    private final PasskeyService passkeys;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    PasskeyTest(Portal portal, AccountService accounts, PasskeyService passkeys, JdbcClient jdbc, MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void aPasskeySignsInWithoutAnEmailAddress() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        var browser = portal.browser();
        browser.get("/sessions/4711");
        var answer = signIn(browser, phone);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .as("the page that was asked for")
                .contains("/sessions/4711");
        assertThat(browser.get("/api/v1/me").body()).contains(ada.email());
        assertThat(browser.cookie("polaris_browser"))
                .as("the browser is known now")
                .isNotNull();
        assertThat(passkeys.list(ada.id()).getFirst().lastUsedAt())
                .hasValueSatisfying(at -> assertThat(at).isCloseTo(clock.instant(), within(1, ChronoUnit.MILLIS)));
    }

    @Test
    void anAnswerIsAcceptedOnce() {
        var phone = added(portal, portal.driver());
        var browser = portal.browser();
        var answer = phone.get(optionsToSignIn(browser));
        assertThat(browser.post("/sign-in/passkey", answer).statusCode()).isEqualTo(303);
        browser.post("/sign-out", Map.of());
        refused(browser.post("/sign-in/passkey", answer), browser);
    }

    /** Fails if a challenge can be answered again after a wrong answer. */
    @Test
    void aWrongAnswerUsesUpTheChallenge() {
        var phone = added(portal, portal.driver());
        var browser = portal.browser();
        var options = optionsToSignIn(browser);
        var wrong = new LinkedHashMap<>(phone.get(options));
        wrong.put("signature", "AAAA");
        refused(browser.post("/sign-in/passkey", wrong), browser);
        refused(browser.post("/sign-in/passkey", phone.get(options)), browser);
    }

    @Test
    void aChallengeIsValidForFiveMinutesInItsBrowser() {
        var phone = added(portal, portal.driver());
        var browser = portal.browser();
        var late = optionsToSignIn(browser);
        clock.advance(Duration.ofMinutes(5));
        refused(browser.post("/sign-in/passkey", phone.get(late)), browser);
        var elsewhere = portal.browser();
        refused(elsewhere.post("/sign-in/passkey", phone.get(optionsToSignIn(browser))), elsewhere);
        var inTime = optionsToSignIn(browser);
        clock.advance(Duration.ofMinutes(4));
        assertThat(browser.post("/sign-in/passkey", phone.get(inTime)).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aChallengeForAddingAPasskeyDoesNotSignIn() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        var page = portal.signedIn(ada);
        var options =
                page.post("/account/passkeys/options", Map.of("name", "Phone", "currentPassword", Portal.PASSWORD));
        assertThat(page.post("/sign-in/passkey", phone.get(options.body())).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anyOtherAnswerDoesNotSignIn() {
        var ada = portal.driver();
        var browser = portal.browser();
        var phone = added(portal, ada);
        refused(signIn(browser, phone.onPageOf("https://portal.polaris.example.evil.example")), browser);
        refused(signIn(browser, added(portal, ada).withoutVerifying()), browser);
        refused(signIn(browser, added(portal, ada).ownedBy(added(portal, portal.driver()))), browser);
        var stranger = new SoftwareAuthenticator(HOST).ownedBy(added(portal, ada));
        refused(signIn(browser, stranger), browser);
        forgetTries();
        for (var nonsense :
                List.of(Map.<String, String>of(), Map.of("clientData", "e30"), Map.of("id", "%%", "signature", "ä"))) {
            refused(browser.post("/sign-in/passkey", nonsense), browser);
        }
    }

    /** An answer truncated at any point is refused and never causes a server error. */
    @Test
    void aTruncatedAnswerIsRefusedLikeAnyOther() {
        var phone = added(portal, portal.driver());
        var browser = portal.browser();
        for (var field : List.of("id", "owner", "clientData", "authenticatorData", "signature")) {
            for (int length : new int[] {0, 3, 40}) {
                var cut = new LinkedHashMap<>(phone.get(optionsToSignIn(browser)));
                cut.compute(
                        field,
                        (name, value) -> value == null ? "" : value.substring(0, Math.min(length, value.length() - 1)));
                refused(browser.post("/sign-in/passkey", cut), browser);
                forgetTries();
            }
        }
    }

    @Test
    void unknownPasskeysAndDisabledAccountsGetTheSameAnswer() {
        var disabled = portal.driver();
        var phone = added(portal, disabled);
        accounts.change(Optional.empty(), disabled.id(), AccountChange.none().withDisabled(true));
        var browser = portal.browser();
        var shut = signIn(browser, phone);
        var unknown = signIn(browser, new SoftwareAuthenticator(HOST));
        refused(shut, browser);
        assertThat(unknown.statusCode()).isEqualTo(shut.statusCode());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(shut.headers().map().keySet());
        assertThat(withoutInput(unknown)).isEqualTo(withoutInput(shut));
    }

    @Test
    void aPasskeyWhoseCounterDoesNotRiseIsRefused() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        var browser = portal.browser();
        assertThat(signIn(browser, phone.countingFrom(7)).statusCode()).isEqualTo(303);
        browser.post("/sign-out", Map.of());
        for (long count : new long[] {7, 6, 0}) {
            refused(signIn(browser, phone.countingFrom(count)), browser);
        }
        assertThat(audited(jdbc, "passkey.refuse")).contains("\"account\": " + ada.id());
        assertThat(signIn(browser, phone.countingFrom(8)).statusCode()).isEqualTo(303);
    }

    @Test
    void aNetworkHasFiveAttemptsAMinuteForPasskeysAndPasswordsTogether() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        var browser = portal.browser();
        for (int i = 0; i < 4; i++) {
            refused(browser.post("/sign-in/passkey", Map.of()), browser);
        }
        assertThat(signIn(browser, phone).statusCode())
                .as("what is right is no try")
                .isEqualTo(303);
        browser.post("/sign-out", Map.of());
        browser.post("/sign-in", Map.of("email", "nobody@people.example", "password", "wrong wrong wrong"));
        var blocked = signIn(browser, phone);
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void noHttpSessionOrRowIsCreatedBeforeSignIn() {
        var before = count("used_passkey_challenges");
        var browser = portal.browser();
        browser.get("/sign-in");
        var options = browser.post("/sign-in/passkey/options", Map.of());
        assertThat(options.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(options.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(browser.cookie("polaris")).isNull();
        assertThat(count("used_passkey_challenges")).isEqualTo(before);
    }

    @Test
    void aForeignPageCanNeitherRequestNorAnswerAChallenge() {
        var phone = added(portal, portal.driver());
        var browser = portal.browser();
        var answer = phone.get(optionsToSignIn(browser));
        assertThat(browser.withoutCsrf()
                        .post("/sign-in/passkey/options", Map.of())
                        .body())
                .doesNotContain("challenge");
        browser.post("/sign-in/passkey", answer);
        assertThat(browser.cookie("polaris")).isNull();
    }

    private void forgetTries() {
        jdbc.sql("delete from sign_in_throttles").update();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static String withoutInput(HttpResponse<String> response) {
        return response.body().replaceAll("value=\"[^\"]*\"", "");
    }
}
