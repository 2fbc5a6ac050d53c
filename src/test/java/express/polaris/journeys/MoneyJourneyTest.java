package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionStatus;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator's work with plans, invoices and chargers, in a real browser. */
@BrowserTest
class MoneyJourneyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static JourneyBrowser kit;
    private static Account operator;

    @BeforeAll
    static void start() {
        kit = new JourneyBrowser();
        operator = kit.portal
                .bean(AccountService.class)
                .changeRole(Optional.empty(), kit.portal.driver("Olga").id(), Role.OPERATOR);
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

    /** A completed session of 3 kWh in half an hour. */
    private static long charged(Account driver, String box, Instant start) {
        var tag = kit.portal.card(driver);
        var world = kit.portal.steve.world();
        long id = world.startTransaction(box, 1, tag, start, 1000);
        world.addMeterValue(id, SimulatedMeterValue.energy(start.plusSeconds(900), 2500));
        world.stopTransaction(id, start.plusSeconds(1800), 4000, Optional.of("EVDisconnected"), StopActor.STATION);
        kit.until(id, session -> session.status() == SessionStatus.COMPLETED);
        return id;
    }

    private static void tier(Page page, int row, String upTo, String price) {
        page.locator("[name=upTo]").nth(row).fill(upTo);
        page.locator("[name=unitPrice]").nth(row).fill(price);
    }

    @Test
    void aPlanIsCreatedWithAPreviewAndADriverIsMovedToIt() {
        var ada = kit.portal.driver("Ada");
        kit.portal.bean(PlanService.class).save(weekly("before"));
        subscribe(ada, "before", midnight(20));
        try (var page = kit.signedIn(operator, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url("/operator/plans"));
            page.locator("main a[href='/operator/plans/new']").first().click();
            page.locator("[name=code]").fill("evening");
            page.locator("[name=name]").fill("Evening");
            tier(page, 0, "2", "0.30");
            tier(page, 1, "", "0.50");
            page.locator("[name=kwh]").fill("40");
            // 2 × 0.30 + 38 × 0.50
            assertThat(page.locator(".preview-sum")).hasText("40 kWh cost €19.60");
            page.locator("[name=addRow][value=true]").click();
            assertThat(page.locator("[name=unitPrice]")).hasCount(3);
            assertThat(page.locator("[name=name]")).hasValue("Evening");
            tier(page, 1, "20", "0.40");
            // 2 × 0.30 + 18 × 0.40 + 20 × 0.50
            assertThat(page.locator(".preview-sum")).hasText("40 kWh cost €17.80");
            noGraveFaults(page, "console-plan-editor");
            page.locator("[name=removeRow]").nth(1).click();
            assertThat(page.locator("[name=unitPrice]")).hasCount(2);
            page.locator(".form-foot button[type=submit]").click();
            assertThat(page.locator(".notice")).containsText("Plan saved");

            page.navigate(kit.portal.url("/operator/drivers/" + ada.id() + "/subscriptions"));
            page.locator("[name=planCode]").selectOption("evening");
            page.locator("button", new Page.LocatorOptions().setHasText("Change plan"))
                    .click();
            assertThat(page.locator(".notice")).hasText("Plan changed.");
            assertThat(page.locator("main table")).containsText("Evening");
        }
    }

    private static void subscribe(Account driver, String plan, Instant from) {
        TestIssuer.save(kit.portal.bean(JdbcClient.class));
        kit.portal
                .bean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver.id(), plan, from.toString(), "anniversary", BERLIN.getId()));
    }

    private static Map<String, Object> weekly(String code) {
        return TestPlan.standard(code, "0.40")
                .named("Weekly")
                .every("weekly")
                .fee(500)
                .vat(19)
                .json();
    }

    @Test
    void thePlanEditorWorksWithoutScripts() {
        try (var page = kit.signedIn(operator, 1280, ColorScheme.LIGHT, false)) {
            page.navigate(kit.portal.url("/operator/plans/new"));
            page.locator("[name=code]").fill("noscript");
            page.locator("[name=name]").fill("No script");
            page.locator("[name=addRow][value=true]").click();
            assertThat(page.locator("[name=unitPrice]")).hasCount(3);
            tier(page, 0, "10", "0.10");
            tier(page, 1, "20", "0.20");
            tier(page, 2, "", "0.30");
            page.locator("[name=kwh]").fill("30");
            page.locator("[name=preview]").press("Enter");
            // 10 × 0.10 + 10 × 0.20 + 10 × 0.30
            assertThat(page.locator(".preview-sum")).hasText("30 kWh cost €6.00");
            page.locator("input[name=model][value=package]").check();
            assertThat(page.locator("[name=packageSize]")).isVisible();
            assertThat(page.locator("[name=upTo]").first()).isHidden();
            page.locator(".form-foot button[type=submit]").click();
            assertThat(page.locator("#fault-packageSize")).isVisible();
            picture(page, "console-plan-faults");
            page.locator("[name=packageAmount]").fill("3");
            page.locator("[name=packageSize]").fill("10");
            page.locator("[name=packageSize]").press("Enter");
            assertThat(page.locator(".notice")).containsText("Plan saved");
            page.locator("[name=addRow][value=fee]").click();
            assertThat(page.locator("[name=feeGrace]")).isHidden();
            page.locator("[name=feeMetric]").selectOption("idle_minutes");
            page.locator("[name=feeGrace]").fill("15");
            page.locator("[name=addRow][value=fee-0]").click();
            page.locator("[name=fee0FilterPrice]").fill("0.02");
            page.locator("[name=addRow][value=fee]").click();
            assertThat(page.locator("[name=fee0FilterPrice]")).hasValue("0.02");
            page.locator("[name=removeRow][value=fee-0-0]").click();
            assertThat(page.locator("[name=fee0FilterPrice]")).hasCount(0);
            assertThat(page.locator("[name=feeGrace]").first()).hasValue("15");
        }
    }

    @Test
    void aChargerIsDescribedAndItsLabelOpensItsConnectorOnAPhone() throws IOException, ReaderException {
        var ben = kit.portal.driver("Ben");
        charged(ben, "BOX-LABEL", midnight(1).plusSeconds(36_000));
        charged(ben, "BOX-LABEL", midnight(5).plusSeconds(30_000));
        String address;
        try (var page = kit.signedIn(operator, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url("/operator/chargers"));
            page.locator("a", new Page.LocatorOptions().setHasText("BOX-LABEL"))
                    .first()
                    .click();
            page.locator("[name=name]").fill("Garage left");
            page.locator("[name=publicId]").fill("K7QX");
            page.locator("[name=location]").fill("Parkhaus Mitte, Ebene 2");
            page.locator("[name=addRow][value=true]").click();
            assertThat(page.locator("[name=connectorId]")).hasCount(2);
            page.locator("[name=type]").nth(0).fill("type2");
            page.locator("[name=maxKw]").nth(0).fill("22");
            page.locator("[name=type]").nth(1).fill("ccs2");
            page.locator("[name=maxKw]").nth(1).fill("50");
            page.locator(".form-foot button").click();
            assertThat(page.locator(".notice")).hasText("Charger saved.");
            assertThat(page.locator(".bars")).hasCount(2);
            var label = page.locator(".label-image").nth(1);
            label.evaluate("it => { it.width = 300; it.height = 384; }");
            address = code(label.screenshot());
            assertThat(address).isEqualTo(MailServer.PUBLIC_URL + "/chargers/K7QX?connector=2");

            page.navigate(kit.portal.url("/operator/labels"));
            assertThat(page.locator(".label-sheet img[src*='BOX-LABEL']")).hasCount(2);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            picture(page, "console-labels-printed");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
        try (var page = kit.signedIn(ben, 390, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url(address.substring(MailServer.PUBLIC_URL.length())));
            assertThat(page.locator("h1")).hasText("Garage left");
            assertThat(page.locator("[name=connectorId][value='2']")).isChecked();
        }
    }

    private static String code(byte[] png) throws IOException, ReaderException {
        var image = ImageIO.read(new ByteArrayInputStream(png));
        var pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    @Test
    void anInvoiceIsMarkedAsPaidAndACreditIsGranted() {
        var cleo = kit.portal.driver("Cleo");
        kit.portal.bean(PlanService.class).save(weekly("weekly"));
        // The session precedes the subscription, because invoices of past periods may be drawn up at any moment.
        long session = charged(cleo, "BOX-BILL", midnight(12));
        subscribe(cleo, "weekly", midnight(15));
        try (var page = kit.signedIn(operator, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(kit.portal.url("/operator/invoices"));
            page.locator("button", new Page.LocatorOptions().setHasText("Create invoices now"))
                    .click();
            assertThat(page.locator(".notice")).isVisible();
            page.navigate(kit.portal.url("/operator/invoices?driverId=" + cleo.id()));
            assertThat(page.locator("#rows tr")).hasCount(2);
            // 2 × 5.00 + 3 × 0.40
            assertThat(page.locator(".sums")).containsText("€11.20");
            page.locator("#rows tr").last().locator(".row-link").click();
            assertThat(page.locator(".invoice-sessions")).containsText("Session #" + session);
            page.locator("button", new Page.LocatorOptions().setHasText("Mark as paid"))
                    .click();
            assertThat(page.locator(".notice")).hasText("Invoice marked as paid.");
            assertThat(page.locator(".title-state")).containsText("Paid");

            page.locator("a", new Page.LocatorOptions().setHasText("Grant a credit"))
                    .click();
            assertThat(page.locator("[name=driver]")).hasValue(cleo.email());
            page.locator("[name=amount]").fill("2.50");
            page.locator("[name=reason]").fill("The charger stopped too early");
            page.locator("[name=session]").fill("" + session);
            page.locator("#grant button").click();
            assertThat(page.locator(".notice")).hasText("Credit granted.");
        }
        assertThat(kit.portal.bean(CreditService.class).of(cleo.id())).hasSize(1);
        assertThat(kit.portal.bean(InvoiceService.class).page(Optional.of(cleo.id()), Optional.empty(), 10))
                .extracting(invoice -> invoice.isPaid())
                .containsExactly(false, true);
    }
}
