package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.TestMail;
import express.polaris.platform.settings.EffectiveSettings;
import express.polaris.platform.version.PortalVersion;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.WithoutSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Page {@code /operator/health}: what works, what does not, and what to do about it. */
@Controller
class HealthController {

    private static final Map<String, Shell.Tone> DONE = Map.of(
            "mail-accepted", Shell.Tone.SUCCESS,
            "mail-failed", Shell.Tone.DANGER,
            "mail-off", Shell.Tone.INFO,
            "backup-begun", Shell.Tone.SUCCESS,
            "backup-running", Shell.Tone.INFO,
            "backup-external", Shell.Tone.INFO);

    private final HealthChecks checks;
    private final MailTests tests;
    private final BackupViewBuilder backups;
    private final EffectiveSettings settings;
    private final ConsolePages pages;
    private final Clock clock;
    private final PortalVersion version;

    HealthController(
            HealthChecks checks,
            MailTests tests,
            BackupViewBuilder backups,
            EffectiveSettings settings,
            ConsolePages pages,
            Clock clock,
            PortalVersion version) {
        this.checks = checks;
        this.tests = tests;
        this.backups = backups;
        this.settings = settings;
        this.pages = pages;
        this.clock = clock;
        this.version = version;
    }

    @WithoutSnapshot
    @GetMapping("/operator/health")
    ResponseEntity<byte[]> health(
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf,
            HttpServletRequest request) {
        var notice = AfterForm.notice(done, "health.done.", DONE, Texts.of(operator.locale()), operator.email());
        var shell = pages.shell(operator, csrf, "nav.console.health", notice);
        var now = clock.instant();
        var found = checks.all(shell.texts(), shell.format(), now, SeenAddress.of(request));
        return pages.render(
                "console/health.jte",
                new HealthPage(
                        shell,
                        now,
                        version.number(),
                        found,
                        backups.view(shell.texts(), shell.format()),
                        SettingWords.list(settings, shell.texts())));
    }

    /** Sends the operator a test mail; the page then shows what became of it. */
    @WithoutSnapshot
    @PostMapping(MailCheck.TEST)
    ResponseEntity<Void> testMail(@SignedInAccount Account operator) {
        var outcome = switch (tests.send(operator)) {
            case TestMail.Outcome.Off() -> "mail-off";
            case TestMail.Outcome.Accepted() -> "mail-accepted";
            case TestMail.Outcome.Failed(var _) -> "mail-failed";
        };
        return AfterForm.seeOther("/operator/health?done=" + outcome + "#health-mail");
    }
}
