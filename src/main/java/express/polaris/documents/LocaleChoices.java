package express.polaris.documents;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Selectable languages, with a region where it matters, and time zones. */
public final class LocaleChoices {

    private static final List<String> LANGUAGES = List.of("en", "en-GB", "en-US", "de", "de-AT", "de-CH");
    private static final Pattern PLACE =
            Pattern.compile("(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC");

    private LocaleChoices() {}

    /** Language tags, including the current one. */
    public static List<String> languages(Locale current) {
        var languages = new ArrayList<>(LANGUAGES);
        if (!languages.contains(current.toLanguageTag())) {
            languages.add(current.toLanguageTag());
        }
        return List.copyOf(languages);
    }

    /** Name of a language in the language itself. */
    public static String nameOf(String languageTag) {
        var locale = Locale.forLanguageTag(languageTag);
        return locale.getDisplayName(locale);
    }

    /** Zone ids of places, and UTC; includes the current zone. */
    public static List<String> zones(ZoneId current) {
        var zones = new ArrayList<>(ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> PLACE.matcher(zone).matches())
                .sorted()
                .toList());
        if (!zones.contains(current.getId())) {
            zones.addFirst(current.getId());
        }
        return List.copyOf(zones);
    }
}
