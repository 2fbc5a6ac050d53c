package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.minutesAgo;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.OperatorNotes;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.TestPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The details of a session's page beyond the totals, and the driver's note to the operator. */
@BrowserTest
class SessionPartsJourneyTest {

    private static final JourneyBrowser JOURNEY = new JourneyBrowser();

    @AfterAll
    static void close() {
        JOURNEY.close();
    }

    @Test
    void aDriverReadsTheDetailsOfASessionAndReportsAProblemToTheOperator() {
        var ada = JOURNEY.portal.driver("Ada");
        subscribe(ada.id());
        var tag = JOURNEY.portal.card(ada);
        long first = completed("GARAGE-1", tag, minutesAgo(60));
        long second = completed("GARAGE-2", tag, minutesAgo(20));
        try (var page = JOURNEY.signedIn(ada, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(JOURNEY.portal.url("/sessions/" + second));
            var facts = page.locator("[data-part=facts]");
            assertThat(facts).containsText("20 min"); // plugged in
            assertThat(facts).containsText("12 min"); // energy in 6 intervals of 2 min
            assertThat(facts).containsText("on average 9.00 kW"); // 1.8 kWh in 0.2 h
            assertThat(facts).containsText("9.06 kW"); // the sixth reading
            assertThat(facts).containsText("Cable unplugged");
            // 1.8 kWh of the earlier session; 2 - 1.8 = 0.2 kWh fit into the first tier of 2 kWh: 10 %
            assertThat(page.locator(".shares li").first())
                    .containsText("10 % of this tier; 1.80 kWh used before this session");
            assertThat(page.locator(".shares li").nth(1)).containsText("1.600 kWh");
            noGraveFaults(page, "session-parts-desktop-light");

            page.locator(".siblings a[rel=prev]").click();
            assertThat(page.locator("h1")).hasText("Session #" + first);
            assertThat(page.locator(".siblings a[rel=prev]")).hasCount(0);
            page.locator(".siblings a[rel=next]").click();
            assertThat(page.locator("h1")).hasText("Session #" + second);

            page.locator(".problem > summary").click();
            page.locator(".problem textarea").fill("It took the wrong plug.");
            noGraveFaults(page, "session-problem-desktop-light");
            page.locator(".problem button").click();
            assertThat(page.locator(".notice")).containsText("Your operator has received your message");
            var notes = JOURNEY.portal.bean(OperatorNotes.class).page(Optional.empty(), 10);
            org.assertj.core.api.Assertions.assertThat(notes).hasSize(1);
            org.assertj.core.api.Assertions.assertThat(notes.getFirst().session())
                    .contains(second);
            org.assertj.core.api.Assertions.assertThat(notes.getFirst().text()).isEqualTo("It took the wrong plug.");
        }
        try (var page = JOURNEY.signedIn(ada, 390, ColorScheme.DARK, true)) {
            page.navigate(JOURNEY.portal.url("/sessions/" + second));
            noGraveFaults(page, "session-parts-phone-dark");
        }
    }

    private static long completed(String chargeBox, String tag, Instant start) {
        long id = JOURNEY.charging(chargeBox, tag, start);
        JOURNEY.portal
                .steve
                .world()
                .stopTransaction(
                        id, start.plus(20, ChronoUnit.MINUTES), 2800, Optional.of("EVDisconnected"), StopActor.STATION);
        JOURNEY.until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    private static void subscribe(express.polaris.accounts.AccountId driver) {
        var plan = TestPlan.graduated("home", TestPlan.range(0, 2, "0"), TestPlan.rangeFrom(2, "0.29"))
                .every("yearly")
                .fee(990)
                .vat(19);
        JOURNEY.portal.bean(PlanService.class).save(plan.json());
        var from = Instant.now()
                .minus(40, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        JOURNEY.portal
                .bean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver, "home", from, "calendar", "Europe/Berlin"));
    }
}
