package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator's card pages while SteVe does not answer. */
@BrowserTest
class CardsWithoutSteveTest {

    private static Chromium chromium;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void storedCardsAreShownAndABlockIsQueuedWhileSteveIsDown() {
        var operator = portal.driver("Olga");
        portal.bean(AccountService.class).changeRole(Optional.empty(), operator.id(), Role.OPERATOR);
        var ada = portal.driver("Ada");
        var tag = portal.card(ada);
        portal.steve.databaseDown(true);
        try (var page = chromium.open(390, ColorScheme.DARK, "en")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator/cards"));
            assertThat(page.locator(".notice-warning")).containsText("SteVe does not answer");
            assertThat(page.locator("#rows")).containsText(tag);
            assertThat(page.locator("#rows")).containsText("Ada");
            assertThat(page.locator("#rows")).containsText("Unknown now");
            chromium.look(page, "tags-steve-down-phone-dark");
            page.locator("#rows .row-link").click();
            page.locator("#steve summary").click();
            chromium.look(page, "card-block-question-phone-dark");
            page.locator("#steve .btn-danger").click();
            assertThat(page.locator(".notice-warning")).containsText("as soon as it does");
            assertThat(page.locator("#steve")).containsText("SteVe has not applied the block yet");
            page.locator("#steve form button").click();
            assertThat(page.locator(".notice-danger")).containsText("SteVe does not answer");
        }
    }
}
