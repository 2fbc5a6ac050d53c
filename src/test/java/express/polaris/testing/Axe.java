package express.polaris.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Runs the rules of axe-core within the page. The builder of axe opens another tab for each result, which takes longer
 * than the rules themselves.
 */
public final class Axe {

    private static final String SOURCE = source();

    private static final String IS_THERE = "typeof axe !== 'undefined'";

    /** Finishes colour transitions first, because an intermediate colour is neither the old nor the new one. */
    private static final String FAULTS = """
        async rules => {
          document.getAnimations().filter(it => it instanceof CSSTransition).forEach(it => it.finish());
          const found = await axe.run(document, { resultTypes: ['violations'], ...rules });
          return found.violations
            .filter(rule => ['serious', 'critical'].includes(rule.impact))
            .map(rule => rule.id + ' ' + rule.nodes[0].html);
        }
        """;

    private static final Map<String, ?> ALL_RULES = Map.of();

    /** Rules that colours alone can violate. */
    private static final List<String> OF_COLOUR = List.of("color-contrast", "link-in-text-block");

    private static final Map<String, ?> RULES_OF_COLOUR =
            Map.of("runOnly", Map.of("type", "rule", "values", OF_COLOUR));

    private static final Map<String, ?> OTHER_RULES = Map.of(
            "rules", OF_COLOUR.stream().collect(Collectors.toMap(rule -> rule, rule -> Map.of("enabled", false))));

    /** The rule that words can violate by their length alone, as they make a table scroll. */
    private static final Map<String, ?> RULES_OF_LENGTH =
            Map.of("runOnly", Map.of("type", "rule", "values", List.of("scrollable-region-focusable")));

    private Axe() {}

    /** Asserts no serious or critical violation. Requires scripts in the page. */
    public static void noGraveFaults(Page page, String name) {
        noGraveFaults(page, name, ALL_RULES);
    }

    /** Like {@link #noGraveFaults(Page, String)}, with only the rules that colours alone can violate. */
    public static void noGraveFaultsOfColour(Page page, String name) {
        noGraveFaults(page, name, RULES_OF_COLOUR);
    }

    /** Like {@link #noGraveFaults(Page, String)}, without the rules that colours alone can violate. */
    public static void noGraveFaultsBesideColour(Page page, String name) {
        noGraveFaults(page, name, OTHER_RULES);
    }

    /** Like {@link #noGraveFaults(Page, String)}, with only the rules that words can violate by their length alone. */
    public static void noGraveFaultsOfLength(Page page, String name) {
        noGraveFaults(page, name, RULES_OF_LENGTH);
    }

    /** Serious and critical violations of any rule, each with the rule and the element. */
    public static List<?> graveFaults(Page page) {
        return graveFaults(page, ALL_RULES);
    }

    private static void noGraveFaults(Page page, String name, Map<String, ?> rules) {
        assertThat(graveFaults(page, rules)).as(name).isEmpty();
    }

    private static List<?> graveFaults(Page page, Map<String, ?> rules) {
        assertThat(page.frames())
                .as("documents of %s, of which axe sees one", page.url())
                .hasSize(1);
        if (!(boolean) page.evaluate(IS_THERE)) {
            page.evaluate(SOURCE);
        }
        return (List<?>) page.evaluate(FAULTS, rules);
    }

    private static String source() {
        try (var script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
