package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.testing.BrowserTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A driver's cards: viewing, renaming, reporting one lost. */
@BrowserTest
class CardsJourneyTest {

    private static final JourneyBrowser JOURNEY = new JourneyBrowser();

    @AfterAll
    static void close() {
        JOURNEY.close();
    }

    @Test
    void aDriverRenamesACardAndReportingItLostEndsItsSession() {
        var ada = JOURNEY.portal.driver("Ada");
        var tag = JOURNEY.portal.card(ada);
        long id = JOURNEY.charging("GARAGE-9", tag, JourneyBrowser.minutesAgo(20));
        var world = JOURNEY.portal.steve.world();
        try (var page = JOURNEY.signedIn(ada, 390, ColorScheme.LIGHT, true)) {
            page.locator(".tabs a[href='/cards']").click();
            var card = page.locator(".card-item");
            assertThat(card).hasCount(1);
            assertThat(card).containsText("Blue fob");
            assertThat(card).containsText("1.80"); // 6 × 300 Wh
            assertThat(card.locator("a[href='/sessions/" + id + "']")).isVisible();
            noGraveFaults(page, "cards-phone-light");

            card.locator(".card-edit > summary").click();
            card.locator("input[name=label]").fill("Key ring");
            card.locator("input[value=violet]").check();
            noGraveFaults(page, "cards-edit-phone-light");
            card.locator(".card-edit button").click();
            assertThat(page.locator(".notice")).hasText("Card saved.");
            assertThat(card.locator("h2")).hasText("Key ring");

            card.locator(".btn-lost").click();
            assertThat(card.locator(".confirm-body")).containsText("blocked at once");
            noGraveFaults(page, "cards-lost-question-phone-light");
            card.locator(".confirm .btn-danger").click();
            assertThat(card).containsText("Lost and blocked since");
            assertThat(card.locator(".btn-lost")).hasCount(0);
            noGraveFaults(page, "cards-lost-phone-light");
            org.assertj.core.api.Assertions.assertThat(
                            world.tag(tag).orElseThrow().isBlocked())
                    .isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !world.transaction(id).orElseThrow().isActive());

            page.navigate(JOURNEY.portal.url("/chargers/GARAGE-9"));
            assertThat(page.locator(".empty h2")).hasText("No card to start with");
        }
    }

    @Test
    void aDriverWithoutCardsSeesWhatToDo() {
        var eve = JOURNEY.portal.driver("Eve");
        try (var page = JOURNEY.signedIn(eve, 1280, ColorScheme.DARK, true)) {
            page.navigate(JOURNEY.portal.url("/cards"));
            assertThat(page.locator(".empty h2")).hasText("No card yet");
            noGraveFaults(page, "cards-empty-desktop-dark");
        }
    }
}
