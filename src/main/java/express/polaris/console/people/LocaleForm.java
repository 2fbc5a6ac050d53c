package express.polaris.console.people;

import express.polaris.documents.LocaleChoices;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Language and time zone fields of a form. */
public record LocaleForm(String language, String zone, List<String> languages, List<String> zones) {

    static LocaleForm of(Locale locale, ZoneId zone) {
        return new LocaleForm(
                locale.toLanguageTag(), zone.getId(), LocaleChoices.languages(locale), LocaleChoices.zones(zone));
    }

    public String nameOf(String language) {
        return LocaleChoices.nameOf(language);
    }
}
