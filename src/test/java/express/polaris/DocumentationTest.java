package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the links in the documentation resolve. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    static TreeSet<Path> documents() throws IOException {
        var documents = new TreeSet<Path>();
        documents.add(Path.of("README.md"));
        try (var paths = Files.walk(Path.of("docs"))) {
            paths.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksWithinTheRepositoryResolve(Path document) throws IOException {
        var broken = new ArrayList<String>();
        var links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            var link = links.group(1);
            if (!link.matches("(https?|mailto):.*") && !resolves(document, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).as("broken links in " + document).isEmpty();
    }

    private static boolean resolves(Path document, String link) throws IOException {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static TreeSet<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
