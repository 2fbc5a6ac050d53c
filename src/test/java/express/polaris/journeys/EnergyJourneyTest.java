package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.sessions.SessionId;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A disputed session: an operator sees both energies and decides, and the driver's page and invoice follow. */
@BrowserTest
class EnergyJourneyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static JourneyBrowser kit;
    private static SessionSteps charges;

    @BeforeAll
    static void start() {
        kit = new JourneyBrowser();
        charges = new SessionSteps(kit.portal);
        kit.portal
                .bean(PlanService.class)
                .save(TestPlan.standard("week", "0.40").every("weekly").fee(500).json());
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    private static Instant midnight(int daysAgo) {
        return LocalDate.ofInstant(Instant.now(), BERLIN)
                .minusDays(daysAgo)
                .atStartOfDay(BERLIN)
                .toInstant();
    }

    private static Account operator(String name, String locale) {
        var account = speaking(kit.portal.driver(name), locale);
        return kit.portal.bean(AccountService.class).changeRole(Optional.empty(), account.id(), Role.OPERATOR);
    }

    private static Account speaking(Account account, String locale) {
        kit.portal
                .bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(locale, account.id().value())
                .update();
        return kit.portal.bean(AccountService.class).find(account.id()).orElseThrow();
    }

    /** Weekly billing periods that began 20, 13 and 6 days ago. */
    private static Account subscribed(String name, String locale) {
        var driver = speaking(kit.portal.driver(name), locale);
        var wanted = new NewSubscription(driver.id(), "week", midnight(20).toString(), "anniversary", BERLIN.getId());
        TestIssuer.save(kit.portal.bean(JdbcClient.class));
        kit.portal.bean(SubscriptionService.class).subscribe(wanted);
        return driver;
    }

    private static List<String> invoices(long session) {
        return kit.portal
                .bean(InvoiceService.class)
                .ofSessions(List.of(new SessionId(session)))
                .getOrDefault(new SessionId(session), List.of());
    }

    private static String amount(Page page) {
        return page.locator("[data-part=cost] .cost-amount").textContent();
    }

    /** The start value is 0 on a register that has counted for years: 5,019 kWh in SteVe, 3 kWh by the readings. */
    @Test
    void anOperatorDecidesADisputeAndTheDriversPageAndInvoiceFollow() {
        var olga = operator("Olga", "en");
        var ada = subscribed("Ada", "en");
        var start = midnight(15).plusSeconds(36_000);
        long id = charges.start("GARAGE-1", kit.portal.card(ada), start, 0, 5_016_000, 5_017_000, 5_018_000, 5_019_000);
        charges.stop(id, start.plusSeconds(2700), 5_019_000);
        charges.until(id, session -> session.energies().dispute().isPresent());
        kit.portal.bean(InvoicingJob.class).run(Optional.of(midnight(12)));
        assertThat(invoices(id)).isEmpty();

        try (var page = kit.signedIn(ada, 390, ColorScheme.DARK, true)) {
            page.navigate(kit.portal.url("/sessions/" + id));
            assertThat(page.locator(".title-state")).containsText("Your operator is checking this reading");
            assertThat(page.locator("[data-part=word]")).containsText("until then none of it is billed");
            assertThat(page.locator("[data-part=cost]")).containsText("No price");
            noGraveFaults(page, "session-checking-phone-dark");
        }
        try (var page = kit.signedIn(olga, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url("/operator"));
            var item = page.locator("#attention-disputed_energy .concern-item[data-subject='" + id + "']");
            // 5019 - 3, at 0.40
            assertThat(item).containsText("SteVe’s number is 5,016.000 kWh (€2,006.40) above the measured one");
            assertThat(item.locator("button")).hasCount(0);
            item.locator("a").click();
            assertThat(page.locator("h1")).hasText("Energy of #" + id);
            var numbers = page.locator("[data-part=numbers]");
            assertThat(numbers).containsText("5,019.000 kWh");
            assertThat(numbers).containsText("3.000 kWh");
            assertThat(numbers).containsText("SteVe’s start value is 0, but the register was at 5,016.000 kWh");
            assertThat(page.locator("[data-part=after]")).containsText("This session is not on an invoice yet");
            noGraveFaults(page, "energy-desktop-light");
            var measured = page.locator("label.choice", new Page.LocatorOptions().setHasText("The measured number"));
            assertThat(measured).containsText("The session then shows 3.000 kWh and costs €1.20.");
            measured.locator("input").check();
            page.locator("textarea[name=reason]").fill("The start value was missing");
            page.locator(".form-foot button[type=submit]").click();
            assertThat(page.locator(".notice-success")).containsText("Energy decided");
            assertThat(page.locator("[data-part=energy]")).containsText("The start value was missing");
            assertThat(page.locator("[data-part=energy]")).containsText("Olga");
            assertThat(page.locator("[data-part=audit]")).containsText("Energy decided");
            noGraveFaults(page, "transaction-decided-desktop-light");
            page.navigate(kit.portal.url("/operator"));
            assertThat(item).hasCount(0);
            page.navigate(kit.portal.url("/operator/audit?subject=session+" + id));
            assertThat(page.locator("main")).containsText("Energy decided");
        }
        kit.portal.bean(InvoicingJob.class).run(Optional.empty());
        try (var page = kit.signedIn(ada, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url("/sessions/" + id));
            assertThat(page.locator("[data-part=word]"))
                    .hasText(
                            "Your operator set the energy of this session to 3.000 kWh: “The start value was missing”");
            assertThat(amount(page)).isEqualTo("€1.20"); // 3 × 0.40
            noGraveFaults(page, "session-decided-desktop-light");
            page.locator("[data-part=cost] a").first().click();
            assertThat(page.locator("main")).containsText("€1.20");
        }
    }

    /** SteVe's stop is below the readings: 2 kWh are invoiced, 5 kWh were measured, and a photo shows 4.5. */
    @Test
    void theNextInvoiceCorrectsAnInvoicedSessionInGermanWithoutScripts() {
        var otto = operator("Otto", "de");
        var paul = subscribed("Paul", "de");
        var start = midnight(15).plusSeconds(36_000);
        long id = charges.start("GARAGE-2", kit.portal.card(paul), start, 1000, 2000, 3000, 4000, 5000, 6000);
        charges.stop(id, start.plusSeconds(3300), 3000);
        charges.completed(id);
        kit.portal.bean(InvoicingJob.class).run(Optional.of(midnight(12)));
        assertThat(invoices(id)).hasSize(1);
        var invoice = invoices(id).getFirst();

        try (var page = kit.signedIn(otto, 390, ColorScheme.DARK, false)) {
            page.navigate(kit.portal.url("/operator/transactions/" + id));
            var energy = page.locator("[data-part=energy]");
            assertThat(energy).containsText("Strittige Energie");
            assertThat(energy).containsText("2,000 kWh");
            assertThat(energy).containsText("5,000 kWh");
            picture(page, "transaction-disputed-phone-dark-de");
            energy.locator("a.btn").click();
            assertThat(page.locator("h1")).hasText("Energie von #" + id);
            page.locator("input[name=energyKwh]").fill("4,5");
            page.locator("button[name=show]").click();
            // 4.5 × 0.40, of which 2 × 0.40 is invoiced
            assertThat(page.locator("label.choice").last())
                    .containsText("Der Ladevorgang zeigt dann 4,500 kWh und kostet 1,80 €.");
            assertThat(page.locator("label.choice").last())
                    .containsText("Rechnung " + invoice
                            + " bleibt, wie sie ist; auf der nächsten steht eine Anpassung von 1,00 €");
            page.locator("textarea[name=reason]").fill(" ");
            page.locator(".form-foot button[type=submit]").click();
            assertThat(page.locator(".faults")).containsText("1 bis 500 Zeichen");
            picture(page, "energy-phone-dark-de");
            page.locator("textarea[name=reason]").fill("Foto vom Zähler");
            page.locator(".form-foot button[type=submit]").click();
            assertThat(page.locator(".notice-success")).containsText("Energie festgelegt.");
        }
        kit.portal.bean(InvoicingJob.class).run(Optional.empty());
        assertThat(invoices(id)).hasSize(2);
        try (var page = kit.signedIn(paul, 390, ColorScheme.LIGHT, false)) {
            page.navigate(kit.portal.url("/sessions/" + id));
            assertThat(page.locator("[data-part=word]"))
                    .hasText(
                            "Dein Betreiber hat die Energie dieses Ladevorgangs auf 4,500 kWh festgelegt: „Foto vom Zähler“");
            page.navigate(kit.portal.url("/invoices/" + invoices(id).getLast()));
            assertThat(page.locator("main")).containsText("1,00 €");
            picture(page, "invoice-adjusted-phone-light-de");
        }
    }
}
