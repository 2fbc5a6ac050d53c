package express.polaris.accounts.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An installation without the settings of single sign-on has neither its button nor its addresses. */
@ApplicationTest
class WithoutSingleSignOnTest {

    private final Portal portal;

    WithoutSingleSignOnTest(Portal portal) {
        this.portal = portal;
    }

    @Test
    void thereIsNoButtonAndFormsStayHere() {
        var page = portal.browser().get("/sign-in");
        assertThat(page.body()).doesNotContain("/sign-in/oidc");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self';");
    }

    @Test
    void theAddressesDoNotExist() {
        var browser = portal.browser();
        assertThat(browser.get("/sign-in/oidc").statusCode()).isEqualTo(404);
        assertThat(browser.get("/sign-in/oidc/callback?code=x&state=y").statusCode())
                .isEqualTo(404);
        assertThat(browser.post("/sign-in/oidc/logout", Map.of("logout_token", "x"))
                        .statusCode())
                .isEqualTo(404);
    }
}
