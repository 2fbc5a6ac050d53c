package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.overview.HealthPage.SettingList;
import express.polaris.console.overview.HealthPage.SettingRow;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.EffectiveSetting;
import express.polaris.platform.settings.EffectiveSettings;
import express.polaris.platform.settings.Origin;
import express.polaris.web.WithoutSnapshot;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Page {@code /operator/health}: what works, what does not, and what to do about it. */
@Controller
class HealthController {

    private final HealthChecks checks;
    private final EffectiveSettings settings;
    private final ConsolePages pages;
    private final Clock clock;

    HealthController(HealthChecks checks, EffectiveSettings settings, ConsolePages pages, Clock clock) {
        this.checks = checks;
        this.settings = settings;
        this.pages = pages;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/operator/health")
    ResponseEntity<byte[]> health(@SignedInAccount Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.health");
        var now = clock.instant();
        return pages.render(
                "console/health.jte",
                new HealthPage(shell, now, checks.all(shell.texts(), shell.format(), now), settingList(shell.texts())));
    }

    private SettingList settingList(Texts texts) {
        var byOrigin = settings.all().stream()
                .collect(Collectors.partitioningBy(
                        setting -> !(setting.origin() instanceof Origin.Default),
                        Collectors.mapping(setting -> row(setting, texts), Collectors.toList())));
        return new SettingList(byOrigin.get(true), byOrigin.get(false));
    }

    private static SettingRow row(EffectiveSetting setting, Texts texts) {
        var origin = switch (setting.origin()) {
            case Origin.Default() -> texts.get("settings.origin.default");
            case Origin.Variable() -> texts.get("settings.origin.variable");
            case Origin.Property() -> texts.get("settings.origin.property");
            case Origin.Line(var file, int line) -> texts.get("settings.origin.line", file, Integer.toString(line));
            case Origin.Content(var file) -> texts.get("settings.origin.content", file);
        };
        return new SettingRow(
                setting.name(),
                setting.value().filter(value -> !value.isEmpty()).orElse(texts.get("settings.none")),
                origin);
    }
}
