package express.polaris.accounts.access;

import static express.polaris.accounts.access.PasskeyKit.HOST;
import static express.polaris.accounts.access.PasskeyKit.add;
import static express.polaris.accounts.access.PasskeyKit.added;
import static express.polaris.accounts.access.PasskeyKit.audited;
import static express.polaris.accounts.access.PasskeyKit.refused;
import static express.polaris.accounts.access.PasskeyKit.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.PasskeyService;
import express.polaris.messages.notifications.Invitations;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.SoftwareAuthenticator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person's own passkeys: adding, naming, removing. */
@ApplicationTest
class OwnPasskeysTest {

    private final Portal portal;
    private final AccountService accounts;
    private final AccountPasswords passwords;
    private final PasskeyService passkeys;
    private final Invitations invitations;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    OwnPasskeysTest(
            Portal portal,
            AccountService accounts,
            AccountPasswords passwords,
            PasskeyService passkeys,
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
    void addingAPasskeyRequiresAFreshSignInOrThePassword() {
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
    void anInvalidOrDuplicatePasskeyIsRefused() {
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
        // a challenge requested by another account
        var bens = portal.signedIn(portal.driver())
                .withCookie("polaris_csrf", String.valueOf(page.cookie("polaris_csrf")));
        var options =
                page.post("/account/passkeys/options", Map.of("name", "Phone")).body();
        var made = new LinkedHashMap<>(new SoftwareAuthenticator(HOST).create(options));
        made.put("name", "Phone");
        assertThat(bens.post("/account/passkeys", made).statusCode()).isEqualTo(422);
        assertThat(passkeys.list(ada.id())).isEmpty();
        // the same passkey twice, for any account
        var phone = new SoftwareAuthenticator(HOST);
        assertThat(add(page, phone).statusCode()).isEqualTo(303);
        assertThat(add(page, phone).statusCode()).isEqualTo(422);
        assertThat(add(portal.signedIn(portal.driver()), phone).statusCode()).isEqualTo(422);
        assertThat(passkeys.list(ada.id())).hasSize(1);
    }

    @Test
    void anAuthenticatorGetsARandomHandleInsteadOfTheAccountId() {
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
    void anotherPersonsPasskeyIsNotFound() {
        var ada = portal.driver();
        added(portal, ada);
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
    void aPasskeySurvivesAPasswordChangeButNotItsRemovalOrItsAccounts() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        var browser = portal.browser();
        passwords.set(Optional.empty(), ada.id(), "a new password of mine");
        assertThat(signIn(browser, phone).statusCode()).isEqualTo(303);
        long id = passkeys.list(ada.id()).getFirst().id();
        assertThat(browser.post("/account/passkeys/" + id + "/remove", Map.of()).statusCode())
                .isEqualTo(303);
        var afterwards = portal.browser();
        refused(signIn(afterwards, phone), afterwards);
        assertThat(audited(jdbc, "passkey.create")).isNotEmpty();
        assertThat(audited(jdbc, "passkey.remove")).isNotEmpty();

        var ben = portal.driver();
        var bens = added(portal, ben);
        accounts.forget(Optional.of(ben.id()), ben.id());
        refused(signIn(afterwards, bens), afterwards);
        assertThat(passkeys.list(ben.id())).isEmpty();
    }

    @Test
    void aSignInResetByAnOperatorRemovesThePasskeysToo() {
        var ada = portal.driver();
        var phone = added(portal, ada);
        added(portal, ada);
        var operator = portal.operator();
        invitations.reset(operator.id(), ada.id());
        assertThat(passkeys.list(ada.id())).isEmpty();
        var browser = portal.browser();
        refused(signIn(browser, phone), browser);
        assertThat(audited(jdbc, "passkey.remove")).contains("\"account\": " + ada.id());
    }

    private static String owner(String options) {
        return options.replaceFirst("(?s).*\"user\":\\{\"id\":\"([^\"]+)\".*", "$1");
    }
}
