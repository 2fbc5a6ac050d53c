package express.polaris.documents;

import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of {@code messages*.properties} in one language. A placeholder is {@code {0}}, {@code {1}}, …; an argument
 * is put in as its {@code toString()}, so quantities are formatted before by {@link Format}.
 */
public final class Texts {

    /** The languages that have a bundle; the first is what everybody else reads. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)\\}");

    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private static final List<Texts> ALL = LANGUAGES.stream().map(Texts::new).toList();

    private final String language;
    private final Map<String, String> texts;

    private Texts(Locale language) {
        var bundle = ResourceBundle.getBundle("messages", language, NO_FALLBACK);
        this.language = language.getLanguage();
        this.texts = bundle.keySet().stream().collect(Collectors.toUnmodifiableMap(key -> key, bundle::getString));
    }

    /** The texts in the locale's language, in English where that has no bundle. */
    public static Texts of(Locale locale) {
        return ALL.stream()
                .filter(texts -> texts.language.equals(locale.getLanguage()))
                .findFirst()
                .orElse(ALL.getFirst());
    }

    /** The first wish that has a bundle, with its region kept; English when none has. */
    public static Locale choose(Enumeration<Locale> wishes) {
        while (wishes.hasMoreElements()) {
            var wish = wishes.nextElement();
            if (LANGUAGES.stream().anyMatch(language -> language.getLanguage().equals(wish.getLanguage()))) {
                return wish;
            }
        }
        return LANGUAGES.getFirst();
    }

    /** The language these texts are in, as HTML's {@code lang}. */
    public String language() {
        return language;
    }

    /** @throws java.util.MissingResourceException when no bundle has the key */
    public String get(String key, Object... arguments) {
        var text = find(key).orElseThrow(() -> new MissingResourceException("No text", "messages", key));
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(argument(found, arguments)));
    }

    private static String argument(MatchResult placeholder, Object... arguments) {
        int number = Integer.parseInt(placeholder.group(1));
        return number < arguments.length ? String.valueOf(arguments[number]) : placeholder.group();
    }

    /** The texts of these keys, none of which has a placeholder. */
    public List<String> all(List<String> keys) {
        return keys.stream().map(key -> get(key)).toList();
    }

    /** The text {@code key.one} for exactly one, else {@code key.other}; {@code {0}} is the count. */
    public String count(String key, long count) {
        return get(key + (count == 1 ? ".one" : ".other"), count);
    }

    /** For keys that are made from data, where a text may be missing. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
