package express.polaris.console.overview;

import express.polaris.console.overview.HealthPage.SettingList;
import express.polaris.console.overview.HealthPage.SettingRow;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.EffectiveSetting;
import express.polaris.platform.settings.EffectiveSettings;
import express.polaris.platform.settings.Origin;
import java.util.List;

/** Describes the settings of this process. */
final class SettingWords {

    private SettingWords() {}

    static SettingList list(EffectiveSettings settings, Texts texts) {
        return new SettingList(rows(settings, texts, true), rows(settings, texts, false));
    }

    private static List<SettingRow> rows(EffectiveSettings settings, Texts texts, boolean given) {
        return settings.all().stream()
                .filter(setting -> setting.origin() instanceof Origin.Default != given)
                .map(setting -> row(setting, texts))
                .toList();
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
