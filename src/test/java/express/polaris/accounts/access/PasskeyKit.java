package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import express.polaris.testing.SoftwareAuthenticator;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Passkey operations over HTTP with a software authenticator. */
final class PasskeyKit {

    static final String HOST = "portal.polaris.example";

    private PasskeyKit() {}

    /** Adds a passkey to this account through its page. */
    static SoftwareAuthenticator added(Portal portal, Account account) {
        var authenticator = new SoftwareAuthenticator(HOST);
        assertThat(add(portal.signedIn(account), authenticator).statusCode()).isEqualTo(303);
        return authenticator;
    }

    static HttpResponse<String> add(Browser page, SoftwareAuthenticator authenticator) {
        var options = page.post("/account/passkeys/options", Map.of("name", "Phone"));
        var fields = new LinkedHashMap<>(authenticator.create(options.body()));
        fields.put("name", "Phone");
        return page.post("/account/passkeys", fields);
    }

    static HttpResponse<String> signIn(Browser browser, SoftwareAuthenticator authenticator) {
        return browser.post("/sign-in/passkey", authenticator.get(optionsToSignIn(browser)));
    }

    static String optionsToSignIn(Browser browser) {
        var options = browser.post("/sign-in/passkey/options", Map.of());
        assertThat(options.statusCode()).isEqualTo(200);
        return options.body();
    }

    static void refused(HttpResponse<String> answer, Browser browser) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("This passkey does not work here");
        assertThat(browser.cookie("polaris")).isNull();
    }

    /** The details of the last five audit entries of this action. */
    static String audited(JdbcClient jdbc, String action) {
        return String.join(
                " ",
                jdbc.sql("select details::text from audit_log where action = ? order by id desc limit 5")
                        .param(action)
                        .query(String.class)
                        .list());
    }
}
