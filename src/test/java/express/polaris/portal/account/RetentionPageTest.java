package express.polaris.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.test.context.TestPropertySource;

@ApplicationTest
@TestPropertySource(properties = {"polaris.keep.mails.days=17", "polaris.keep.audit.days=730"})
class RetentionPageTest {

    private final Portal portal;
    private final BuildProperties build;

    RetentionPageTest(Portal portal, BuildProperties build) {
        this.portal = portal;
        this.build = build;
    }

    @Test
    void aDriverSeesTheTimesThatTheOperatorSet() {
        var browser = portal.signedIn(portal.driver());
        assertThat(browser.get("/account").body()).contains("href=\"/account/kept\"");
        assertThat(row(browser.get("/account/kept").body(), "mails")).contains("17 days");
        assertThat(row(browser.get("/account/kept").body(), "audit")).contains("2 years");
        assertThat(row(browser.get("/account/kept").body(), "answers")).contains("400 days");
        for (var always : List.of("sessions", "invoices", "statements")) {
            assertThat(row(browser.get("/account/kept").body(), always)).contains("Not removed by itself");
        }
    }

    @Test
    void thePageIsInTheReadersLanguage() {
        var browser = portal.signedIn(portal.driver());
        browser.post("/account/profile", Map.of("name", "Ada", "locale", "de", "timeZone", "Europe/Berlin"));
        assertThat(browser.get("/account/kept").body()).contains("Was gespeichert wird, und wie lange");
        assertThat(row(browser.get("/account/kept").body(), "mails")).contains("17 Tage");
    }

    @Test
    void theHealthPageLinksToItAndNamesTheVersion() {
        assertThat(portal.signedIn(portal.operator()).get("/operator/health").body())
                .contains("href=\"/account/kept\"")
                .contains("Polaris Express " + build.getVersion());
    }

    @Test
    void operatorsReadTheVersionFromTheInfoEndpoint() {
        assertThat(portal.withToken(portal.operator()).get("/actuator/info").body())
                .contains("\"version\":\"" + build.getVersion() + "\"");
        assertThat(portal.browser().get("/actuator/info").statusCode()).isEqualTo(401);
    }

    private static String row(String page, String name) {
        var from = page.indexOf("<li id=\"" + name + "\"");
        assertThat(from).as(name).isPositive();
        return page.substring(from, page.indexOf("</li>", from));
    }
}
