package express.polaris.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.NewDriver;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.steve.SteveHealth;
import express.polaris.sync.SyncConcerns;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.Browser;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import express.polaris.testing.WrongSteve;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The first steps of a new installation, over its real pages. */
class FirstStepsTest {

    private static final String ADDRESS = "https://portal.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RunningPortal portal(String... more) {
        var settings =
                new ArrayList<>(List.of("--polaris.public.url=" + ADDRESS, "--polaris.trusted.proxies=127.0.0.1"));
        settings.addAll(List.of(more));
        var portal = RunningPortal.node(settings.toArray(String[]::new));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        portal.bean(SyncConcerns.class).contact().reachedAt().isPresent());
        return portal;
    }

    private static Account operator(RunningPortal portal) {
        return portal.portal().operator();
    }

    /** As through the proxy of the public address. */
    private static Browser behindTheProxy(RunningPortal portal, Account operator) {
        return portal.portal()
                .signedIn(operator)
                .withHeader("X-Forwarded-For", "192.0.2.7")
                .withHeader("X-Forwarded-Proto", "https")
                .withHeader("X-Forwarded-Host", "portal.example");
    }

    private static String state(Browser browser, String step) {
        var page = browser.get("/operator").body();
        var found = Pattern.compile("first-step-(\\w+) [\\w-]*\" id=\"step-" + step + "\"")
                .matcher(page);
        assertThat(found.find()).as("step %s is on the page", step).isTrue();
        return found.group(1);
    }

    @Test
    void theListDisappearsOnceEveryStepIsTaken() {
        try (var portal = portal()) {
            var operator = operator(portal);
            var browser = behindTheProxy(portal, operator);
            assertThat(browser.get("/operator").body()).contains("2 of 6 done", "You see this page at " + ADDRESS);
            assertThat(state(browser, "steve")).isEqualTo("good");
            assertThat(state(browser, "address")).isEqualTo("good");
            assertThat(state(browser, "mail"))
                    .as("no mail server is set, and none is needed")
                    .isEqualTo("off");
            assertThat(state(browser, "transactions")).isEqualTo("todo");
            assertThat(state(browser, "tags")).isEqualTo("off");

            var steve = portal.steve.world();
            steve.addTag("GUEST-1");
            steve.startTransaction("GARAGE-1", 1, "GUEST-1", Instant.now().minusSeconds(600), 1000);
            portal.bean(SyncEngine.class).runNow();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> state(browser, "transactions").equals("good"));
            assertThat(state(browser, "tags")).isEqualTo("todo");

            assertThat(state(browser, "driver")).isEqualTo("todo");
            var invited = portal.bean(AccountService.class)
                    .createDriver(
                            Optional.of(operator.id()),
                            new NewDriver(
                                    "grace@example.org",
                                    "Grace",
                                    Optional.empty(),
                                    Optional.of("en"),
                                    Optional.of("Europe/Berlin")));
            assertThat(browser.get("/operator").body()).contains("Grace has not signed in yet.");
            assertThat(state(browser, "driver")).isEqualTo("todo");
            var ada = portal.driver("Ada");
            assertThat(state(browser, "driver")).isEqualTo("good");

            var link = Map.of("idTag", "GUEST-1", "driver", ada.email(), "from", "2020-01-01T00:00", "label", "");
            assertThat(browser.post("/operator/cards/link", link).statusCode()).isEqualTo(303);
            assertThat(state(browser, "tags")).isEqualTo("good");

            assertThat(browser.get("/operator").body()).contains("There is no plan yet");
            var billing = portal.bean(OperatorBilling.class);
            billing.savePlan(operator.id(), TestPlan.standard("home", "0.30").json());
            assertThat(browser.get("/operator").body())
                    .contains("There is a plan, but no driver has a subscription.", "5 of 7 done");
            billing.subscribe(
                    operator.id(),
                    new NewSubscription(
                            ada.id(),
                            "home",
                            Instant.now().minusSeconds(86_400).toString(),
                            "calendar",
                            "Europe/Berlin"));
            assertThat(state(browser, "issuer")).isEqualTo("todo");
            portal.bean(IssuerService.class).save(operator.id(), TestIssuer.wanted());
            assertThat(browser.get("/operator").body()).doesNotContain("id=\"first-steps\"", "/operator/first-steps/");
            assertThat(invited.name()).isEqualTo("Grace");
        }
    }

    @Test
    void theAddressIsOnlyGoodWhenThePageCameThroughIt() {
        try (var portal = portal()) {
            var operator = operator(portal);
            var direct = portal.portal().signedIn(operator);
            assertThat(state(direct, "address")).isEqualTo("off");
            assertThat(direct.get("/operator").body()).contains("You see this page at http://127.0.0.1:");
            var halfway = portal.portal()
                    .signedIn(operator)
                    .withHeader("X-Forwarded-For", "192.0.2.7")
                    .withHeader("X-Forwarded-Host", "portal.example");
            assertThat(state(halfway, "address")).isEqualTo("bad");
            assertThat(halfway.get("/operator/health").body())
                    .contains("POLARIS_PUBLIC_URL is " + ADDRESS, "arrived as http://portal.example")
                    .contains("POLARIS_TRUSTED_PROXIES");
            assertThat(state(behindTheProxy(portal, operator), "address")).isEqualTo("good");
        }
    }

    @Test
    void hiddenStepsComeBackWhenAnotherOneWaits() {
        try (var portal = portal()) {
            var browser = behindTheProxy(portal, operator(portal));
            assertThat(browser.post("/operator/first-steps/hide", Map.of()).statusCode())
                    .isEqualTo(303);
            assertThat(browser.get("/operator").body())
                    .doesNotContain("id=\"first-steps\"")
                    .contains("Show the first steps (2 of 6 done)");
            assertThat(behindTheProxy(portal, operator(portal)).get("/operator").body())
                    .as("hidden for every operator")
                    .doesNotContain("id=\"first-steps\"");
            // The address did not wait before.
            assertThat(portal.portal()
                            .signedIn(operator(portal))
                            .withHeader("X-Forwarded-For", "192.0.2.7")
                            .withHeader("X-Forwarded-Host", "portal.example")
                            .get("/operator")
                            .body())
                    .contains("id=\"first-steps\"");
            browser.post("/operator/first-steps/show", Map.of());
            assertThat(browser.get("/operator").body()).contains("id=\"first-steps\"");
        }
    }

    @Test
    void aSteveThatIsTooOldIsNotDoneAlthoughItAnswers() {
        try (var steve = new WrongSteve()) {
            steve.answers(WrongSteve.Answer.EMPTY_LIST);
            try (var portal = RunningPortal.with(steve.baseUrl())) {
                var browser = portal.portal().signedIn(operator(portal));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() ->
                                portal.bean(SteveHealth.class).capabilities().isPresent());
                assertThat(state(browser, "steve")).isEqualTo("bad");
                assertThat(browser.get("/operator").body())
                        .contains("SteVe answers but is too old.", "Upgrade SteVe to 3.13 or later.");
            }
        }
    }

    @Test
    void aMailServerThatHangsDelaysTheHealthPageByThreeSecondsAtMost() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var portal = mailing(silent.getLocalPort(), "any")) {
            assertThat(behindTheProxy(portal, operator(portal))
                            .get("/operator/health")
                            .body())
                    .contains(
                            "No answer within 3 seconds.",
                            "The mail server accepts the connection but does not answer.");
        }
    }

    @Test
    void aTestMailSaysWhatTheServerSays() {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("portal@example.org", "portal", "right");
        server.getUserManager().setAuthRequired(true);
        server.start();
        try {
            var port = server.getSmtp().getPort();
            try (var portal = mailing(port, "wrong")) {
                var browser = behindTheProxy(portal, operator(portal));
                assertThat(state(browser, "mail")).isEqualTo("todo");
                assertThat(test(browser)).endsWith("done=mail-failed#health-mail");
                assertThat(browser.get("/operator/health").body())
                        .contains("was not accepted: it rejects user or password")
                        .contains("POLARIS_SMTP_PASSWORD");
                assertThat(state(browser, "mail")).isEqualTo("bad");
            }
            try (var portal = mailing(port, "right")) {
                var operator = operator(portal);
                var browser = behindTheProxy(portal, operator);
                assertThat(test(browser)).endsWith("done=mail-accepted#health-mail");
                assertThat(server.waitForIncomingEmail(1)).isTrue();
                assertThat(server.getReceivedMessages()[0].getAllRecipients()[0].toString())
                        .isEqualTo(operator.email());
                assertThat(state(browser, "mail")).isEqualTo("good");
                server.stop();
                assertThat(test(browser)).endsWith("done=mail-failed#health-mail");
                assertThat(browser.get("/operator/health").body())
                        .contains("was not accepted: nothing accepts connections at its host and port");
            }
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } finally {
            server.stop();
        }
    }

    private static RunningPortal mailing(int port, String password) {
        return portal(
                "--polaris.smtp.host=127.0.0.1",
                "--polaris.smtp.port=" + port,
                "--polaris.smtp.security=none",
                "--polaris.smtp.username=portal",
                "--polaris.smtp.password=" + password,
                "--polaris.smtp.from=portal@example.org");
    }

    private static String test(Browser browser) {
        return browser.post("/operator/health/test-mail", Map.of())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }
}
