package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    private static final Path TEMPLATES = Path.of("src/main/jte");

    /** An expression that shows an identifier, after the start tag that it follows. */
    private static final Pattern SHOWN = Pattern.compile(
            "(<[a-z0-9]+(?: [^<>]*)?>)\\$\\{(?:t\\.get\\(\"(?:session\\.publicId|invoice\\.reference)\"[^}]*"
                    + "|[\\w.()]*(?:idTag|chargeBoxId|charger\\.id|invoice\\.number|\\.tag)\\(\\)[\\w.()]*)}");

    private static final Pattern UNBREAKABLE = Pattern.compile("class=\"(?:id|chip|[^\"]* id)[ \"]");

    @Test
    void identifiersStayOnOneLine() throws IOException {
        var breakable = new ArrayList<String>();
        int shown = 0;
        try (var files = Files.walk(TEMPLATES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".jte")).toList()) {
                var matcher = SHOWN.matcher(Files.readString(file));
                while (matcher.find()) {
                    shown++;
                    var tag = matcher.group(1);
                    if (!UNBREAKABLE.matcher(tag).find() && !tag.contains("visually-hidden")) {
                        breakable.add(file + ": " + matcher.group());
                    }
                }
            }
        }
        assertThat(breakable).isEmpty();
        assertThat(shown).isGreaterThan(20);
    }

    @Test
    void theClassOfIdentifiersKeepsThemOnOneLine() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/resources/static/assets/polaris.css")))
                .anyMatch(line -> line.startsWith(".id {") && line.contains("white-space: nowrap"));
    }
}
