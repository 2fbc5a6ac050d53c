package express.polaris.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AuditLog;
import express.polaris.documents.Format;
import express.polaris.platform.settings.EffectiveSetting;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The overview, mail and health pages over HTTP. */
@ApplicationTest
class OverviewControllerTest {

    private static final Format ENGLISH = new Format(Locale.ENGLISH, ZoneOffset.UTC);

    private final Portal portal;
    private final Charging charging;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Accounting accounting;

    OverviewControllerTest(
            Portal portal,
            Charging charging,
            MutableClock clock,
            JdbcClient jdbc,
            AuditLog audit,
            Accounting accounting) {
        this.portal = portal;
        this.charging = charging;
        this.clock = clock;
        this.jdbc = jdbc;
        this.audit = audit;
        this.accounting = accounting;
    }

    private long failedMail(long account) {
        var now = clock.instant();
        return jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, tries, failed_at, last_error)
            values (:account, 'session_ended', '1', :created, :expires, 9, :now, 'MailSendException') returning id
            """)
                .param("account", account)
                .param("created", SqlTime.utc(now.minusSeconds(90_000)))
                .param("expires", SqlTime.utc(now.minusSeconds(3600)))
                .param("now", SqlTime.utc(now))
                .query(Long.class)
                .single();
    }

    private String body(String path) {
        var answer = portal.signedIn(portal.operator()).get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void theOverviewListsLiveSessionsWithChargerPowerAndEnergy() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        long id = charging.live(box, card);
        for (var path : new String[] {"/operator", "/operator/now"}) {
            assertThat(body(path))
                    .contains("href=\"/operator/transactions/" + id + "\"", box, "12.0", "4.00")
                    .doesNotContain("style=");
        }
    }

    @Test
    void theOverviewHasTheEnergyAccountingStatement() {
        charging.completed(portal.driver(), charging.now().minus(Duration.ofHours(3)));
        var statement = accounting.drawUp();
        assertThat(statement.sessions()).isPositive();
        assertThat(body("/operator"))
                .contains("Every kilowatt-hour", "Energy that counts")
                .contains(
                        ">" + ENGLISH.energy(statement.events()) + " <", ENGLISH.energy(statement.difference()) + " <");
    }

    @Test
    void anUnfixableFindingIsMarkedAsSeenOnThePage() {
        var operator = portal.operator();
        var browser = portal.signedIn(operator);
        long id = new StoredSessions(jdbc)
                .completed("gone", Optional.empty(), charging.now().minusSeconds(9000), "4");
        var gone = clock.instant().minusSeconds(60);
        new StoredSessions(jdbc).set(id, "gone_from_steve_at", gone);
        var words = "Transaction " + id + " is no longer in SteVe";
        var page = browser.get("/operator").body();
        assertThat(page).contains(words);
        var version = page.replaceAll(
                "(?s).*name=\"subject\" value=\"" + id
                        + "\"><input type=\"hidden\" name=\"version\" value=\"([^\"]+)\".*",
                "$1");
        var form = Map.of("kind", "vanished_transaction", "subject", Long.toString(id), "version", version);
        var answer = browser.post("/operator/attention/seen", form);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/operator?done=seen");
        assertThat(browser.get("/operator?done=seen").body())
                .contains("Dismissed")
                .doesNotContain(words);
        var again = browser.post("/operator/attention/seen", form);
        assertThat(again.headers().firstValue("Location")).contains("/operator?done=changed");
        assertThat(browser.post("/operator/attention/seen", Map.of("kind", "nothing_like_it"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void retryingAFailedMailIsAudited() {
        var operator = portal.operator();
        var browser = portal.signedIn(operator);
        var driver = portal.driver();
        long id = failedMail(driver.id().value());
        assertThat(browser.get("/operator/mails").body())
                .contains("id=\"mail-" + id + "\"", "Session ended", "MailSendException")
                .doesNotContain(driver.email());
        var answer = browser.post("/operator/mails/" + id + "/retry", Map.of());
        assertThat(answer.headers().firstValue("Location")).contains("/operator/mails?done=retried");
        var entry = audit.page(Optional.empty(), 1).getFirst();
        assertThat(entry.action()).isEqualTo("mail.retry");
        assertThat(entry.subject()).isEqualTo("mail " + id);
        assertThat(browser.get("/operator/mails").body()).doesNotContain("id=\"mail-" + id + "\"");
        assertThat(browser.post("/operator/mails/" + id + "/retry", Map.of())
                        .headers()
                        .firstValue("Location"))
                .contains("/operator/mails?done=gone");
        assertThat(browser.post("/operator/mails/x/retry", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aMailWithoutARecipientNeedsNoAttention() {
        long id = failedMail(portal.driver().id().value());
        jdbc.sql("update mails set last_error = 'no recipient' where id = ?")
                .param(id)
                .update();
        assertThat(body("/operator/mails")).doesNotContain("id=\"mail-" + id + "\"");
    }

    @Test
    void healthIsExplainedInWords() {
        charging.live(portal.driver());
        assertThat(body("/operator/health"))
                .contains("SteVe answers in", "PostgreSQL", "The mail server accepts e-mail.", "id=\"health-disk\"")
                .doesNotContain("style=");
    }

    @Test
    void healthListsEverySettingAsItIsUnderstoodAndMasksSecrets() {
        assertThat(body("/operator/health"))
                .contains("POLARIS_SMTP_FROM", "portal@polaris.example", "POLARIS_ANSWER_RETENTION_DAYS", "400")
                .contains("command line or system property", "others, at their default", "not set")
                .contains(EffectiveSetting.MASK);
    }

    @Test
    void theActuatorHealthIncludesSteve() {
        charging.live(portal.driver());
        assertThat(portal.withToken(portal.operator()).get("/actuator/health").body())
                .contains("\"steve\":{", "latencyMillis", "answeredAt");
    }
}
