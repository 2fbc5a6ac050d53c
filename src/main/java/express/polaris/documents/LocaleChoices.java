package express.polaris.documents;

import java.text.Collator;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /**
     * Country to choose from.
     *
     * @param code ISO 3166-1 alpha-2
     * @param name in the reader's language
     */
    public record Country(String code, String name) {}

    /** All countries, by name. */
    public static List<Country> countries(Locale reader) {
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(
                        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(reader)))
                .sorted(Comparator.comparing(Country::name, Collator.getInstance(reader)))
                .toList();
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
