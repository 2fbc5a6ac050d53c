package express.polaris.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.Passkeys;
import express.polaris.notifications.Invitations;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
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

/** Passkeys over HTTP: what signs in, and all that does not. */
@ApplicationTest
class PasskeyTest {

    private static final String HOST = "portal.polaris.example";

    private final Portal portal;
    private final Accounts accounts;
    private final AccountPasswords passwords;
    private final Passkeys passkeys;
    private final Invitations invitations;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    PasskeyTest(
            Portal portal,
            Accounts accounts,
            AccountPasswords passwords,
            Passkeys passkeys,
            Invitations invitations,
            JdbcClient jdbc,
            MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.passwords = passwords;
        this.passkeys = passkeys;
        this.invitations = invitations;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void aPasskeySignsInWithoutAnAddress() {
        var ada = portal.driver();
        var phone = added(ada);
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
    void anAnswerIsTakenOnce() {
        var phone = added(portal.driver());
        var browser = portal.browser();
        var answer = phone.get(optionsToSignIn(browser));
        assertThat(browser.post("/sign-in/passkey", answer).statusCode()).isEqualTo(303);
        browser.post("/sign-out", Map.of());
        refused(browser.post("/sign-in/passkey", answer), browser);
    }

    /** Red means: a wrong answer can be followed by others to the same challenge. */
    @Test
    void aChallengeIsUsedUpByAWrongAnswerToo() {
        var phone = added(portal.driver());
        var browser = portal.browser();
        var options = optionsToSignIn(browser);
        var wrong = new LinkedHashMap<>(phone.get(options));
        wrong.put("signature", "AAAA");
        refused(browser.post("/sign-in/passkey", wrong), browser);
        refused(browser.post("/sign-in/passkey", phone.get(options)), browser);
    }

    @Test
    void aChallengeLivesFiveMinutesInTheBrowserThatAskedForIt() {
        var phone = added(portal.driver());
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
    void aChallengeToAddSignsNobodyIn() {
        var ada = portal.driver();
        var phone = added(ada);
        var page = portal.signedIn(ada);
        var options =
                page.post("/account/passkeys/options", Map.of("name", "Phone", "currentPassword", Portal.PASSWORD));
        assertThat(page.post("/sign-in/passkey", phone.get(options.body())).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nothingElseSignsIn() {
        var ada = portal.driver();
        var browser = portal.browser();
        var phone = added(ada);
        refused(signIn(browser, phone.onPageOf("https://portal.polaris.example.evil.example")), browser);
        refused(signIn(browser, added(ada).withoutVerifying()), browser);
        refused(signIn(browser, added(ada).ownedBy(added(portal.driver()))), browser);
        var stranger = new SoftwareAuthenticator(HOST).ownedBy(added(ada));
        refused(signIn(browser, stranger), browser);
        forgetTries();
        for (var nonsense :
                List.of(Map.<String, String>of(), Map.of("clientData", "e30"), Map.of("id", "%%", "signature", "ä"))) {
            refused(browser.post("/sign-in/passkey", nonsense), browser);
        }
    }

    /** Whatever an answer is cut to, it is refused, and never a fault of the server. */
    @Test
    void anAnswerThatWasCutOffIsRefusedLikeAnyOther() {
        var phone = added(portal.driver());
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
    void unknownPasskeysAndDisabledAccountsAreAnsweredAlike() {
        var disabled = portal.driver();
        var phone = added(disabled);
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
    void aPasskeyThatCountsBackwardsMayBeACopy() {
        var ada = portal.driver();
        var phone = added(ada);
        var browser = portal.browser();
        assertThat(signIn(browser, phone.countingFrom(7)).statusCode()).isEqualTo(303);
        browser.post("/sign-out", Map.of());
        for (long count : new long[] {7, 6, 0}) {
            refused(signIn(browser, phone.countingFrom(count)), browser);
        }
        assertThat(audited("passkey.refuse")).contains("\"account\": " + ada.id());
        assertThat(signIn(browser, phone.countingFrom(8)).statusCode()).isEqualTo(303);
    }

    @Test
    void oneNetworkHasFiveTriesAMinuteWithPasskeysAndPasswordsTogether() {
        var ada = portal.driver();
        var phone = added(ada);
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
    void nobodyGetsASessionOrARowBeforeTheySignIn() {
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
    void aForeignPageCanNeitherAskNorAnswer() {
        var phone = added(portal.driver());
        var browser = portal.browser();
        var answer = phone.get(optionsToSignIn(browser));
        assertThat(browser.withoutCsrf()
                        .post("/sign-in/passkey/options", Map.of())
                        .body())
                .doesNotContain("challenge");
        browser.post("/sign-in/passkey", answer);
        assertThat(browser.cookie("polaris")).isNull();
    }

    @Test
    void addingTakesAFreshSignInOrThePassword() {
        var ada = portal.driver();
        var page = portal.signedIn(ada);
        var form = Map.of("name", "Phone");
        assertThat(page.post("/account/passkeys/options", form).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(11));
        var stale = page.post("/account/passkeys/options", form);
        assertThat(stale.statusCode()).isEqualTo(422);
        assertThat(stale.body()).contains("current password").doesNotContain("challenge");
        var proven = Map.of("name", "Phone", "currentPassword", Portal.PASSWORD);
        assertThat(page.post("/account/passkeys/options", proven).body()).contains("challenge");
    }

    @Test
    void whatIsAddedHasToBeRight() {
        var ada = portal.driver();
        var page = portal.signedIn(ada);
        assertThat(page.post("/account/passkeys/options", Map.of("name", " ")).statusCode())
                .isEqualTo(422);
        assertThat(add(page, new SoftwareAuthenticator(HOST).onPageOf("https://evil.example"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(add(page, new SoftwareAuthenticator("evil.example").onPageOf("https://" + HOST))
                        .statusCode())
                .isEqualTo(422);
        assertThat(add(page, new SoftwareAuthenticator(HOST).withoutVerifying()).statusCode())
                .isEqualTo(422);
        assertThat(page.post("/account/passkeys", Map.of("name", "Phone")).statusCode())
                .isEqualTo(422);
        // one that was asked for by somebody else
        var bens = portal.signedIn(portal.driver())
                .withCookie("polaris_csrf", String.valueOf(page.cookie("polaris_csrf")));
        var options =
                page.post("/account/passkeys/options", Map.of("name", "Phone")).body();
        var made = new LinkedHashMap<>(new SoftwareAuthenticator(HOST).create(options));
        made.put("name", "Phone");
        assertThat(bens.post("/account/passkeys", made).statusCode()).isEqualTo(422);
        assertThat(passkeys.list(ada.id())).isEmpty();
        // the same one twice, for whomever
        var phone = new SoftwareAuthenticator(HOST);
        assertThat(add(page, phone).statusCode()).isEqualTo(303);
        assertThat(add(page, phone).statusCode()).isEqualTo(422);
        assertThat(add(portal.signedIn(portal.driver()), phone).statusCode()).isEqualTo(422);
        assertThat(passkeys.list(ada.id())).hasSize(1);
    }

    @Test
    void anAuthenticatorLearnsARandomNumberAndNoAccount() {
        var ada = portal.driver();
        var page = portal.signedIn(ada);
        var handle = jdbc.sql("select encode(handle, 'hex') from passkey_owners where account_id = ?");
        var options =
                page.post("/account/passkeys/options", Map.of("name", "Phone")).body();
        var again =
                page.post("/account/passkeys/options", Map.of("name", "Phone")).body();
        assertThat(handle.param(ada.id().value()).query(String.class).single()).hasSize(64);
        assertThat(owner(again)).isEqualTo(owner(options)).hasSize(43); // 32 bytes
        assertThat(options).contains("\"userVerification\":\"required\"", "\"residentKey\":\"required\"");
    }

    @Test
    void somebodyElsesPasskeyIsNotThere() {
        var ada = portal.driver();
        added(ada);
        long adas = passkeys.list(ada.id()).getFirst().id();
        var ben = portal.signedIn(portal.driver());
        for (var id : List.of(Long.toString(adas), "987654321", "x")) {
            assertThat(ben.post("/account/passkeys/" + id, Map.of("name", "Mine"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(ben.post("/account/passkeys/" + id + "/remove", Map.of()).statusCode())
                    .isEqualTo(404);
        }
        var own = portal.signedIn(ada);
        assertThat(own.post("/account/passkeys/" + adas, Map.of("name", " ")).statusCode())
                .isEqualTo(422);
        assertThat(own.post("/account/passkeys/" + adas, Map.of("name", "Blue phone"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(own.get("/account").body()).contains("Blue phone");
        assertThat(own.get("/account/data.json").body()).contains("\"passkeys\":[{\"name\":\"Blue phone\"");
    }

    @Test
    void aPasskeyOutlivesThePasswordButNeitherItsRemovalNorTheAccount() {
        var ada = portal.driver();
        var phone = added(ada);
        var browser = portal.browser();
        passwords.set(Optional.empty(), ada.id(), "a new password of mine");
        assertThat(signIn(browser, phone).statusCode()).isEqualTo(303);
        long id = passkeys.list(ada.id()).getFirst().id();
        assertThat(browser.post("/account/passkeys/" + id + "/remove", Map.of()).statusCode())
                .isEqualTo(303);
        var afterwards = portal.browser();
        refused(signIn(afterwards, phone), afterwards);
        assertThat(audited("passkey.create")).isNotEmpty();
        assertThat(audited("passkey.remove")).isNotEmpty();

        var ben = portal.driver();
        var bens = added(ben);
        accounts.forget(Optional.of(ben.id()), ben.id());
        refused(signIn(afterwards, bens), afterwards);
        assertThat(passkeys.list(ben.id())).isEmpty();
    }

    @Test
    void anOperatorWhoResetsASignInTakesThePasskeysToo() {
        var ada = portal.driver();
        var phone = added(ada);
        added(ada);
        var operator = portal.operator();
        invitations.reset(operator.id(), ada.id());
        assertThat(passkeys.list(ada.id())).isEmpty();
        var browser = portal.browser();
        refused(signIn(browser, phone), browser);
        assertThat(audited("passkey.remove")).contains("\"account\": " + ada.id());
    }

    /** A passkey of this person, added as their page does it. */
    private SoftwareAuthenticator added(Account account) {
        var authenticator = new SoftwareAuthenticator(HOST);
        assertThat(add(portal.signedIn(account), authenticator).statusCode()).isEqualTo(303);
        return authenticator;
    }

    private static HttpResponse<String> add(Browser page, SoftwareAuthenticator authenticator) {
        var options = page.post("/account/passkeys/options", Map.of("name", "Phone"));
        var fields = new LinkedHashMap<>(authenticator.create(options.body()));
        fields.put("name", "Phone");
        return page.post("/account/passkeys", fields);
    }

    private static HttpResponse<String> signIn(Browser browser, SoftwareAuthenticator authenticator) {
        return browser.post("/sign-in/passkey", authenticator.get(optionsToSignIn(browser)));
    }

    private static String optionsToSignIn(Browser browser) {
        var options = browser.post("/sign-in/passkey/options", Map.of());
        assertThat(options.statusCode()).isEqualTo(200);
        return options.body();
    }

    private static void refused(HttpResponse<String> answer, Browser browser) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("This passkey does not sign in here");
        assertThat(browser.cookie("polaris")).isNull();
    }

    private static String owner(String options) {
        return options.replaceFirst("(?s).*\"user\":\\{\"id\":\"([^\"]+)\".*", "$1");
    }

    private void forgetTries() {
        jdbc.sql("delete from sign_in_throttles").update();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private String audited(String action) {
        return String.join(
                " ",
                jdbc.sql("select details::text from audit_log where action = ? order by id desc limit 5")
                        .param(action)
                        .query(String.class)
                        .list());
    }

    private static String withoutInput(HttpResponse<String> response) {
        return response.body().replaceAll("value=\"[^\"]*\"", "");
    }
}
