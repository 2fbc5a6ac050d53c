package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passkeys with Chromium's virtual authenticator. */
@BrowserTest
class PasskeyJourneyTest {

    private static Chromium chromium;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = RunningPortal.onLocalhost();
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void aPasskeyIsAddedUsedRenamedAndRemoved() {
        var ada = portal.driver("Ada");
        try (var page = chromium.open(390, ColorScheme.DARK, "en")) {
            new VirtualAuthenticator(page);
            page.addInitScript("""
                if (localStorage.getItem('offers') === 'false') {
                  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
                }
                """);
            Chromium.signIn(page, portal, ada);
            page.navigate(portal.url("/account"));
            var name = page.locator("#passkeys form[data-passkey] input[name=name]");
            assertThat(name).hasValue("Chrome · Linux");
            name.fill("Blue phone");
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice-success")).containsText("Passkey added");
            assertThat(page.locator("#passkeys li")).containsText("Blue phone");
            assertThat(page.locator("#passkeys li")).containsText("Never used");
            chromium.look(page, "passkeys-phone-dark");

            page.locator("#passkeys form[data-passkey] button").click();
            assertThat(page.locator("#passkeys [role=alert]")).containsText("This device already has a passkey");
            assertThat(page.locator("#passkeys li")).hasCount(1);

            offersInField(page, false);
            signOut(page);
            var button = page.locator("form[data-passkey] button");
            assertThat(button).hasText("Use a passkey");
            chromium.look(page, "sign-in-passkey-phone-dark");
            button.focus();
            page.keyboard().press("Enter");
            page.waitForURL(portal.url("/"));

            page.setViewportSize(1280, 844);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.navigate(portal.url("/account"));
            assertThat(page.locator("#passkeys li")).containsText("Last used");
            page.locator("#passkeys summary").focus();
            page.keyboard().press("Enter");
            chromium.look(page, "passkeys-rename-desktop-light");
            page.locator("#passkeys li input[name=name]").fill("Green phone");
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice-success")).containsText("renamed");
            assertThat(page.locator("#passkeys li")).containsText("Green phone");
            page.locator("#passkeys button[aria-label='Remove Green phone']").click();
            assertThat(page.locator(".notice-success")).containsText("removed");
            assertThat(page.locator("#passkeys li")).hasCount(0);

            // Chromium's authenticator accepts the offer in the email field as soon as it is made
            offersInField(page, true);
            signOut(page);
            assertThat(page.locator(".notice-danger")).containsText("This passkey does not work here");
            chromium.look(page, "sign-in-passkey-refused-desktop-light");
        }
    }

    @Test
    void decliningTheAuthenticatorStaysOnThePage() {
        try (var page = chromium.open(1280, ColorScheme.DARK, "de")) {
            new VirtualAuthenticator(page).verifies(false);
            page.navigate(portal.url("/sign-in"));
            page.locator("form[data-passkey] button").click();
            assertThat(page.locator("form[data-passkey] [role=alert]")).containsText("Das hat nicht geklappt");
            assertThat(page.locator("form[data-passkey] button")).isEnabled();
            chromium.look(page, "sign-in-passkey-failed-desktop-german");
        }
    }

    @Test
    void passkeysAreNotOfferedWhereTheyCannotWork() {
        var ben = portal.driver("Ben");
        try (var page = chromium.open(390, ColorScheme.LIGHT, "de")) {
            var byNumber = portal.url("").replace("localhost", "127.0.0.1");
            page.navigate(byNumber + "/sign-in");
            assertThat(page.locator("form[data-passkey]")).hasCount(0);
            page.locator("input[name=email]").fill(ben.email());
            page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(byNumber + "/");
            page.navigate(byNumber + "/account");
            assertThat(page.locator("#passkeys")).containsText("POLARIS_PUBLIC_URL");
            assertThat(page.locator("#passkeys form")).hasCount(0);
        }
        try (var page = chromium.open(390, ColorScheme.LIGHT, "en")) {
            page.addInitScript("delete window.PublicKeyCredential");
            Chromium.signIn(page, portal, ben);
            page.navigate(portal.url("/account"));
            assertThat(page.locator("#passkeys form[data-passkey]")).isHidden();
            assertThat(page.locator("[data-passkey-instead]")).containsText(portal.url(""));
            chromium.look(page, "passkeys-unknown-phone-light");
        }
    }

    /** Sets whether the browser supports passkeys in the email field. */
    private static void offersInField(Page page, boolean offers) {
        page.evaluate("offers => localStorage.setItem('offers', offers)", offers);
    }

    private static void signOut(Page page) {
        page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("polaris"));
        page.navigate(portal.url("/sign-in"));
    }

    /** The authenticator of a phone, which stores passkeys and verifies its user. */
    private static final class VirtualAuthenticator {

        private final CDPSession devTools;
        private final String id;

        VirtualAuthenticator(Page page) {
            devTools = page.context().newCDPSession(page);
            devTools.send("WebAuthn.enable");
            var options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", "internal");
            for (var ability : new String[] {
                "hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"
            }) {
                options.addProperty(ability, true);
            }
            var added = new JsonObject();
            added.add("options", options);
            id = devTools.send("WebAuthn.addVirtualAuthenticator", added)
                    .get("authenticatorId")
                    .getAsString();
        }

        /** Sets whether user verification succeeds. */
        void verifies(boolean owner) {
            var parameters = new JsonObject();
            parameters.addProperty("authenticatorId", id);
            parameters.addProperty("isUserVerified", owner);
            devTools.send("WebAuthn.setUserVerified", parameters);
        }
    }
}
