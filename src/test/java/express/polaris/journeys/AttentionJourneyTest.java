package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.attention.AttentionKind;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of finding appears with its cause, links to the page that fixes it, and disappears once it is fixed there
 * or, if it cannot be fixed, once an operator dismisses it.
 */
@BrowserTest
class AttentionJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Chromium chromium;
    private static RunningPortal portal;
    private static AttentionCauses causes;
    private static Page page;

    @BeforeAll
    static void anOperatorAndADriverWithAPlan() {
        chromium = new Chromium();
        portal = new RunningPortal();
        var operator = portal.bean(AccountService.class)
                .changeRole(Optional.empty(), portal.driver("Olga").id(), Role.OPERATOR);
        causes = new AttentionCauses(portal, operator);
        page = chromium.open(1280, ColorScheme.LIGHT, "en");
        Chromium.signIn(page, portal, operator);
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFindingDisappearsOnceItsCauseIsFixedOrItIsMarkedAsSeen(AttentionKind kind) {
        var cause = causes.cause(kind);
        var item = page.locator(
                "#attention-%s .concern-item[data-subject='%s']".formatted(kind.wireName(), cause.subject()));
        overview(() -> item.count() == 1 && item.textContent().contains(cause.words()));
        chromium.look(page, "attention-" + kind.wireName());
        open(item);
        cause.there().accept(page);
        if (cause.seen()) {
            page.navigate(portal.url("/operator"));
            open(item);
            page.goBack();
            item.locator("button").click();
            assertThat(page.locator(".notice")).containsText("Dismissed");
        }
        overview(() -> item.count() == 0);
    }

    /** Findings beyond the fourth of a kind are collapsed and need one more click. */
    private static void open(Locator item) {
        if (!item.isVisible()) {
            item.locator("xpath=ancestor::details/summary").click();
        }
        item.locator("a").first().click();
    }

    /** Reloads the overview repeatedly, as an operator would. */
    private static void overview(java.util.concurrent.Callable<Boolean> wanted) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            page.navigate(portal.url("/operator"));
            return wanted.call();
        });
    }
}
