package express.polaris.accounts.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.Browser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a browser does at an issuer. */
final class IssuerTestKit {

    private IssuerTestKit() {}

    /** Signs in as the issuer's person of the moment; returns the portal's answer. */
    static HttpResponse<String> signIn(Browser browser) {
        return browser.get(visit(browser, location(browser.get("/sign-in/oidc"))));
    }

    /** Follows a redirect to the issuer; returns the path that it redirects back to. */
    static String visit(Browser browser, String address) {
        var asked = HttpRequest.newBuilder(URI.create(address)).build();
        var back = URI.create(location(browser.exchange(asked)));
        return back.getRawPath() + (back.getRawQuery() == null ? "" : "?" + back.getRawQuery());
    }

    /** The address that a redirect leads to. */
    static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    /** The refusal is the sign-in page with these words, and begins no sign-in. */
    static void assertRefused(HttpResponse<String> response, int status, String words) {
        assertThat(response.body()).contains(words);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("href=\"/sign-in/oidc\"", "name=\"password\"");
        assertThat(response.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("polaris="));
    }
}
