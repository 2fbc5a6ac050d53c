package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");
    private static final Pattern USE = Pattern.compile("\\b(?:t|texts\\(\\))\\.(get|count)\\(\"([^\"]+)\"");
    private static final Pattern CHOICE = Pattern.compile("\\bt\\.get\\([^\"]*\\? \"([^\"]+)\" : \"([^\"]+)\"");

    @Test
    void bothLanguagesHaveTheSameKeysAndPlaceholders() {
        var english = bundle("messages.properties");
        var german = bundle("messages_de.properties");
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(placeholders(german.getOrDefault(key, ""))).as(key).isEqualTo(placeholders(text)));
        assertThat(english.values()).noneMatch(String::isBlank);
        assertThat(german.values()).noneMatch(String::isBlank);
    }

    @Test
    void apostrophesAreTypographic() {
        assertThat(bundle("messages.properties"))
                .noneSatisfy((key, text) -> assertThat(text).contains("'"));
        assertThat(bundle("messages_de.properties"))
                .noneSatisfy((key, text) -> assertThat(text).contains("'"));
    }

    @Test
    void everyTextUsedInATemplateExists() throws IOException {
        var keys = bundle("messages.properties").keySet();
        var used = new TreeSet<String>();
        for (var template : files()) {
            var source = Files.readString(template);
            USE.matcher(source).results().forEach(use -> {
                if (use.group(1).equals("count")) {
                    used.addAll(List.of(use.group(2) + ".one", use.group(2) + ".other"));
                } else {
                    used.add(use.group(2));
                }
            });
            CHOICE.matcher(source).results().forEach(choice -> used.addAll(List.of(choice.group(1), choice.group(2))));
        }
        assertThat(used).hasSizeGreaterThan(60);
        assertThat(keys).containsAll(used);
    }

    @Test
    void aLanguageWithoutABundleFallsBackToEnglish() {
        assertThat(Texts.of(Locale.FRANCE).language()).isEqualTo("en");
        assertThat(Texts.of(Locale.of("de", "AT")).language()).isEqualTo("de");
        assertThat(Texts.choose(Collections.enumeration(List.of(Locale.FRANCE, Locale.GERMANY, Locale.UK))))
                .isEqualTo(Locale.GERMANY);
        assertThat(Texts.choose(Collections.enumeration(List.of(Locale.FRANCE))))
                .isEqualTo(Locale.ENGLISH);
    }

    @Test
    void argumentsReplaceTheirPlaceholders() {
        var texts = Texts.of(Locale.ENGLISH);
        assertThat(texts.get("timeline.shown", 50, "1,234")).isEqualTo("Last 50 of 1,234 readings");
        assertThat(texts.count("list.sessions", 1)).isEqualTo("1 session");
        assertThat(texts.count("list.sessions", 0)).isEqualTo("0 sessions");
        assertThat(texts.find("flag.no_such_flag")).isEmpty();
    }

    @Test
    void anArgumentThatLooksLikeAPlaceholderStaysAsItIs() {
        var texts = Texts.of(Locale.ENGLISH);
        assertThat(texts.get("timeline.shown", "{1} {0}", "$0 \\")).isEqualTo("Last {1} {0} of $0 \\ readings");
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(TEMPLATES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> placeholders(String text) {
        var found = new ArrayList<String>();
        PLACEHOLDER.matcher(text).results().forEach(result -> found.add(result.group()));
        Collections.sort(found);
        return found;
    }

    private static Map<String, String> bundle(String file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty, (one, other) -> one, TreeMap::new));
    }
}
