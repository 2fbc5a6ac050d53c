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
 * Texts of {@code messages*.properties} in one language. Placeholders are {@code {0}}, {@code {1}}, …; an argument is
 * inserted as its {@code toString()}, so quantities have to be formatted by {@link Format} first.
 */
public final class Texts {

    /** Languages that have a bundle; the first one is the default. */
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

    /** Texts in the locale's language, or in English if it has no bundle. */
    public static Texts of(Locale locale) {
        return ALL.stream()
                .filter(texts -> texts.language.equals(locale.getLanguage()))
                .findFirst()
                .orElse(ALL.getFirst());
    }

    /** The first locale that has a bundle, with its region; English if none has. */
    public static Locale choose(Enumeration<Locale> wishes) {
        while (wishes.hasMoreElements()) {
            var wish = wishes.nextElement();
            if (LANGUAGES.stream().anyMatch(language -> language.getLanguage().equals(wish.getLanguage()))) {
                return wish;
            }
        }
        return LANGUAGES.getFirst();
    }

    /** Language of these texts, for HTML's {@code lang}. */
    public String language() {
        return language;
    }

    /**
     * @throws java.util.MissingResourceException if the bundle has no such key
     */
    public String get(String key, Object... arguments) {
        var text = find(key).orElseThrow(() -> new MissingResourceException("No text for this key", "messages", key));
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(argument(found, arguments)));
    }

    private static String argument(MatchResult placeholder, Object... arguments) {
        int number = Integer.parseInt(placeholder.group(1));
        return number < arguments.length ? String.valueOf(arguments[number]) : placeholder.group();
    }

    /** Texts of keys without placeholders. */
    public List<String> all(List<String> keys) {
        return keys.stream().map(key -> get(key)).toList();
    }

    /** Text {@code key.one} for exactly one, otherwise {@code key.other}; {@code {0}} is the count. */
    public String count(String key, long count) {
        return get(key + (count == 1 ? ".one" : ".other"), count);
    }

    /** For keys derived from data, which may have no text. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
